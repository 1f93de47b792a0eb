"""The page of a result: who sees it, who decides that, and what can be taken along."""

from __future__ import annotations

import csv
import io
import json
from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import etree

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api
from iciinsmes.exercises.models import Attempt
from iciinsmes.toolbox.data import result_from_json
from tests.exercises.conftest import keep, opened
from tests.exercises.test_attempts import begin, finished
from tests.people import SME1

pytestmark = pytest.mark.django_db


def url(name, result, *more):
    return reverse(f"iciinsmes:tool-result{name}", args=[result.id, *more])


@pytest.fixture
def result(learner, firm):
    opened(learner)
    return finished(learner, keep(learner)).result


@pytest.fixture
def practice(learner, firm):
    """A result that earns nothing, so that nobody sees it by itself."""
    opened(learner)
    return finished(learner, None).result


def readers(client, address, *users) -> set[str]:
    found = set()
    for user in users:
        client.force_login(user)
        status = client.get(address).status_code
        assert status in (200, 404)
        if status == 200:
            found.add(user.username)
    return found


ADDRESSES = [("", ()), ("-figures", ()), ("-json", ()), ("-chart", (1,))]


@pytest.mark.parametrize(("name", "more"), ADDRESSES)
def test_the_learner_says_who_sees_page_and_files(client, practice, learner, colleague, peer, teacher, name, more):
    everybody = (learner, colleague, peer, teacher)
    address = url(name, practice, *more)
    assert readers(client, address, *everybody) == {"anna"}
    for given, wanted in (
        ({"for-firm": "on"}, {"anna", "jonas"}),
        ({"for-staff": "on"}, {"anna", "tea"}),
        ({"for-firm": "on", "for-staff": "on"}, {"anna", "jonas", "tea"}),
        ({}, {"anna"}),
    ):
        client.force_login(learner)
        client.post(url("-share", practice), given)
        assert readers(client, address, *everybody) == wanted


def test_the_coach_of_the_firm_and_no_other(client, practice, learner, firm, peer):
    companies.assign_coach(company_id=firm.id, course_key=SME1, who=peer.username, actor_id=learner.pk)
    assert readers(client, url("", practice), peer) == set()
    api.share_result(result_id=practice.id, owner_id=learner.pk, for_company=False, for_staff=True)
    assert readers(client, url("", practice), peer) == {"peer"}


def test_only_the_learner_shares_and_removes(client, result, colleague, teacher):
    api.share_result(result_id=result.id, owner_id=result.owner_id, for_company=True, for_staff=True)
    for user in (colleague, teacher):
        client.force_login(user)
        text = client.get(url("", result)).content.decode()
        assert "Who else may see it?" not in text
        assert client.post(url("-share", result), {}).status_code == 404
        assert client.post(url("-remove", result)).status_code == 404
    assert api.read_result(result_id=result.id, reader_id=colleague.pk).for_company


def test_others_read_whose_it_is_and_why_they_may(client, result, teacher, learner):
    client.force_login(teacher)
    text = client.get(url("", result)).content.decode()
    assert (learner.get_full_name() or learner.username) in text
    assert "It counts for an exercise of this course." in text
    api.share_result(result_id=result.id, owner_id=learner.pk, for_company=False, for_staff=True)
    assert "Shared with the coach and the teachers." in client.get(url("", result)).content.decode()


def test_the_trail_keeps_that_others_took_a_file(client, result, teacher):
    client.force_login(teacher)
    client.get(url("-figures", result))
    newest = audit_log.page_of(course_key=SME1).entries[0]
    assert (newest.verb, newest.actor_id) == ("result_read", teacher.pk)


def test_invented_data_are_named_so(client, practice, learner):
    client.force_login(learner)
    assert "invented data" in client.get(url("", practice)).content.decode()


def test_a_result_of_an_attempt_stays_and_the_page_says_why(client, result, learner):
    client.force_login(learner)
    text = client.post(url("-remove", result), follow=True).content.decode()
    assert "Not removed: it belongs to what you did in an exercise" in text
    assert api.read_result(result_id=result.id, reader_id=learner.pk)


def test_a_result_of_nothing_else_goes(client, result, learner):
    Attempt.objects.all().delete()
    client.force_login(learner)
    response = client.post(url("-remove", result), follow=True)
    assert response.redirect_chain[0][0] == reverse("iciinsmes:exercise-mine", args=[SME1])
    assert "The result is removed." in response.content.decode()
    assert client.get(url("", result)).status_code == 404


def test_figures_come_with_their_intervals(client, result, learner):
    client.force_login(learner)
    response = client.get(url("-figures", result))
    assert response["Content-Disposition"] == (
        f'attachment; filename="net-promoter-score-{result.created_at:%Y-%m-%d}.csv"'
    )
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Figure", "Value", "Unit", "At least", "At most", "n"]
    figure = result.result.figure("nps")
    score = rows[1 + result.result.figures.index(figure)]
    assert [float(score[1]), score[2], float(score[3]), float(score[4]), score[5]] == [
        figure.value,
        "points",
        figure.low,
        figure.high,
        str(figure.n),
    ]


def test_the_whole_result_can_be_read_by_programs(client, result, learner):
    client.force_login(learner)
    content = json.loads(client.get(url("-json", result)).content)
    assert result_from_json(content["result"]) == result.result
    assert (content["instrument"], content["is_demo"], content["rows"]) == ("net-promoter-score", False, 40)


def test_every_chart_is_a_picture_of_its_own(client, result, learner):
    client.force_login(learner)
    for number in range(1, len(result.result.charts) + 1):
        response = client.get(url("-chart", result, number))
        assert response["Content-Type"] == "image/svg+xml"
        assert response["Content-Disposition"].startswith("attachment")
        assert etree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert client.get(url("-chart", result, 0)).status_code == 404
    assert client.get(url("-chart", result, len(result.result.charts) + 1)).status_code == 404


def test_nobody_learns_whether_a_result_exists(client, learner, peer):
    opened(learner)
    hidden = begin(learner, keep(learner)).result
    client.force_login(learner)
    assert client.get(url("", hidden)).status_code == 404
    assert client.get(reverse("iciinsmes:tool-result", args=[uuid4()])).status_code == 404


def test_the_page_costs_few_queries(client, result, learner, django_assert_max_num_queries):
    client.force_login(learner)
    with django_assert_max_num_queries(6):
        client.get(url("", result))

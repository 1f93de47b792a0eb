"""Own data and results of a course run, and what others share."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.exercises import api
from iciinsmes.exercises.models import ToolResult
from iciinsmes.platform import Role
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Language, Table
from iciinsmes_campus.learning import api as learning
from tests.campus.everybody import OTHER
from tests.exercises.conftest import keep, opened
from tests.exercises.test_attempts import begin, finished
from tests.people import SME1, person

pytestmark = pytest.mark.django_db


def url(name, *more, course_key=SME1):
    return reverse(f"iciinsmes:exercise-{name}", args=[course_key, *more])


def table_of(data):
    return reverse("iciinsmes:tool-data", args=[data.id])


@pytest.mark.parametrize("point", [".", ","])
@pytest.mark.parametrize("instrument", toolbox.all_instruments(), ids=lambda each: each.code)
def test_rows_read_back_as_they_were(instrument, point):
    if not instrument.columns:
        pytest.skip("works without a table")
    language = Language(point=point)
    table = toolbox.demo_table(instrument=instrument)
    sheet = toolbox.open_table(content=toolbox.table_csv(instrument=instrument, table=table, language=language))
    mapping = toolbox.weigh_columns(instrument=instrument, sheet=sheet).mapping
    again = toolbox.read_table(instrument=instrument, sheet=sheet, mapping=mapping)
    template = toolbox.open_table(content=toolbox.template_csv(instrument=instrument, language=language))
    assert sheet.names == template.names
    assert again.problems == ()
    # An empty cell and one without words are the same in a file.
    assert again.table == Table(
        {key: tuple(None if v == "" else v for v in cells) for key, cells in table.columns.items()}, len(table)
    )


def test_own_data_and_results(client, learner, firm):
    opened(learner)
    kept = keep(learner)
    keep(learner, [9, 8], data_set_id=kept.id, title="Spring <b>")
    result = finished(learner, None).result
    hidden = begin(learner, kept).result
    client.force_login(learner)
    text = client.get(url("mine")).content.decode()
    assert "Spring &lt;b&gt;" in text
    assert "2 rows · version 2 · pasted" in re.sub(r"\s+", " ", text)
    assert "Only you see it" in text
    assert str(result.id) in text
    assert "invented data" in text
    assert str(hidden.id) not in text


def test_the_list_costs_the_same_at_any_length(client, learner, firm, django_assert_max_num_queries):
    opened(learner)
    for number in range(4):
        finished(learner, keep(learner, title=f"Data {number}"))
    client.force_login(learner)
    with django_assert_max_num_queries(7):
        client.get(url("mine"))


def test_data_are_shared_and_taken_back(client, learner, colleague, peer, teacher, firm):
    kept = keep(learner)

    def readers() -> set[str]:
        found = set()
        for user in (learner, colleague, peer, teacher):
            client.force_login(user)
            if client.get(table_of(kept)).status_code == 200:
                found.add(user.username)
        return found

    assert readers() == {"anna"}
    for given, wanted in (
        ({"for-firm": "on"}, {"anna", "jonas"}),
        ({"for-staff": "on"}, {"anna", "tea"}),
        ({}, {"anna"}),
    ):
        client.force_login(learner)
        client.post(url("mine-data-share", kept.id), given)
        assert readers() == wanted


def test_data_go_for_good_and_results_stay(client, learner):
    opened(learner)
    kept = keep(learner)
    result = finished(learner, kept).result
    client.force_login(learner)
    text = client.post(url("mine-data-remove", kept.id), follow=True).content.decode()
    assert "The data are removed." in text
    assert client.get(table_of(kept)).status_code == 404
    assert str(result.id) in client.get(url("mine")).content.decode()


def test_nobody_touches_the_data_of_another(client, learner, colleague, peer, teacher, firm):
    kept = keep(learner)
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=True, for_staff=True)
    for user in (colleague, peer, teacher):
        client.force_login(user)
        for name in ("share", "remove"):
            assert client.post(url(f"mine-data-{name}", kept.id)).status_code == 404
    client.force_login(learner)
    assert client.post(url("mine-data-remove", uuid4())).status_code == 404
    (known,) = api.data_sets_of(owner_id=learner.pk, course_key=SME1)
    assert (known.for_company, known.for_staff) == (True, True)


def test_an_address_of_another_course_changes_nothing(client, learner):
    kept = keep(learner)
    learning.enrol(user_id=learner.pk, course_key=OTHER, role=Role.LEARNER)
    client.force_login(learner)
    assert client.post(url("mine-data-remove", kept.id, course_key=OTHER)).status_code == 404
    assert len(api.data_sets_of(owner_id=learner.pk, course_key=SME1)) == 1


def shown(client, user, name, query="") -> set[str] | None:
    """Return the titles on a page of shared things, or None for who may not open it."""
    client.force_login(user)
    response = client.get(url(name) + query)
    if response.status_code == 404:
        return None
    return {title for title in ("Annas", "Peers", "Nobodys") if f": {title}" in response.content.decode()}


@pytest.mark.parametrize("what", ["results", "data"])
def test_shared_with_firm_and_staff(client, learner, colleague, peer, teacher, firm, what):
    coach, stranger = person("carl"), person("stranger")
    companies.assign_coach(company_id=firm.id, course_key=SME1, who=coach.username, actor_id=teacher.pk)
    for user, title in ((learner, "Annas"), (peer, "Peers"), (colleague, "Nobodys")):
        opened(user)
        data = keep(user, title=title)
        result = finished(user, data).result
        if title != "Nobodys":
            api.share_data(data_set_id=data.id, owner_id=user.pk, for_company=True, for_staff=True)
            api.share_result(result_id=result.id, owner_id=user.pk, for_company=True, for_staff=True)
    query = f"?what={what}"
    assert shown(client, colleague, "firm", query) == {"Annas"}
    # One's own are on the own page.
    assert shown(client, learner, "firm", query) == set()
    assert shown(client, peer, "firm", query) == set()
    assert shown(client, teacher, "firm", query) is None
    assert shown(client, teacher, "staff", query) == {"Annas", "Peers"}
    assert shown(client, coach, "staff", query) == {"Annas"}
    for user in (learner, colleague, stranger):
        assert shown(client, user, "staff", query) is None
    assert shown(client, stranger, "firm", query) is None


def test_a_marked_result_is_not_listed_before_it_was_shown(learner, teacher):
    opened(learner)
    finished(learner, keep(learner))
    hidden = begin(learner, keep(learner)).result
    ToolResult.objects.filter(pk=hidden.id).update(for_staff=True)
    assert api.results_for_staff(user_id=teacher.pk, course_key=SME1).lines == ()


@pytest.mark.parametrize("what", ["results", "data"])
def test_pages_follow_each_other_without_gap_and_cost_the_same(
    client, learner, teacher, firm, what, django_assert_max_num_queries
):
    opened(learner)
    for number in range(7):
        data = keep(learner, title=f"Data {number}")
        result = finished(learner, data).result
        api.share_data(data_set_id=data.id, owner_id=learner.pk, for_company=False, for_staff=True)
        api.share_result(result_id=result.id, owner_id=learner.pk, for_company=False, for_staff=True)
    read = api.data_for_staff if what == "data" else api.results_for_staff
    after, titles = None, []
    while True:
        with django_assert_max_num_queries(3 if what == "data" else 2):
            page = read(user_id=teacher.pk, course_key=SME1, after=after, limit=3)
        titles += [line.title for line in page.lines]
        after = page.next_after
        if after is None:
            break
    assert titles == [f"Data {number}" for number in reversed(range(7))]
    assert len(read(user_id=teacher.pk, course_key=SME1, after="nonsense", limit=3).lines) == 3
    client.force_login(teacher)
    assert client.get(url("staff") + "?after=nonsense").status_code == 200

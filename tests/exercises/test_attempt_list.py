"""What teachers see of the attempts at the exercises of their course run."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from iciinsmes.exercises import api
from iciinsmes.toolbox.data import Table
from iciinsmes_campus.host import CampusHost
from tests.exercises.conftest import BLOCK, exercise, keep, opened
from tests.exercises.test_attempts import answered, begin, finished
from tests.people import SME1

pytestmark = pytest.mark.django_db
PAGE = reverse("iciinsmes:exercise-attempts", args=[SME1])
OTHER_BLOCK = SME1.make_usage_key("digital_tool", "second")


def text_of(client, user, query="") -> str:
    client.force_login(user)
    return re.sub(r"\s+", " ", client.get(PAGE + query).content.decode())


def test_points_of_own_data_and_practice_of_invented_ones(client, learner, teacher, firm):
    opened(learner)
    practice, graded = finished(learner, None).result, finished(learner, keep(learner)).result
    text = text_of(client, teacher)
    assert "4 of 4" in text
    assert "practice" in text
    assert "Nordlicht" in text
    assert str(graded.id) in text
    # Practice is the learner's own, until it is shared.
    assert str(practice.id) not in text
    api.share_result(result_id=practice.id, owner_id=learner.pk, for_company=False, for_staff=True)
    assert str(practice.id) in text_of(client, teacher)


def test_what_is_not_done_yet_is_not_listed(client, learner, teacher):
    opened(learner)
    answered(learner, begin(learner, keep(learner), earlier=20.0))
    assert "Nobody has finished an exercise yet." in text_of(client, teacher)


def test_learners_and_strangers_find_no_such_page(client, learner, colleague, firm):
    for user in (learner, colleague):
        client.force_login(user)
        assert client.get(PAGE).status_code == 404


def test_a_teacher_who_is_limited_to_others_finds_nothing_of_a_learner(client, learner, peer, teacher, monkeypatch):
    opened(learner)
    kept = keep(learner)
    graded = finished(learner, kept).result
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=False, for_staff=True)
    api.share_result(result_id=graded.id, owner_id=learner.pk, for_company=False, for_staff=True)

    def found() -> tuple[bool, bool, bool, bool]:
        return (
            str(graded.id) in text_of(client, teacher),
            client.get(reverse("iciinsmes:tool-result", args=[graded.id])).status_code == 200,
            bool(api.data_for_staff(user_id=teacher.pk, course_key=SME1).lines),
            bool(api.results_for_staff(user_id=teacher.pk, course_key=SME1).lines),
        )

    assert found() == (True, True, True, True)
    only = get_user_model().objects.filter(id=peer.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda *_: only)
    assert found() == (False, False, False, False)


def test_only_one_exercise(client, learner, teacher):
    opened(learner)
    finished(learner, keep(learner))
    second = exercise(title="Complaints")
    api.open_exercise(user_id=learner.pk, usage_key=OTHER_BLOCK, course_key=SME1, settings=second)
    first = text_of(client, teacher, f"?exercise={quote(str(BLOCK))}")
    assert "4 of 4" in first
    other = text_of(client, teacher, f"?exercise={quote(str(OTHER_BLOCK))}")
    assert "4 of 4" not in other
    assert "4 of 4" in text_of(client, teacher, "?exercise=nonsense")


def test_pages_follow_each_other_without_gap_and_cost_one_query(
    client, learner, peer, teacher, firm, django_assert_num_queries, django_assert_max_num_queries
):
    for user in (learner, peer):
        opened(user)
        for _attempt in range(3):
            finished(user, keep(user, table=Table.of(["score"], [(9,)] * 40)))
    after, found = None, []
    while True:
        with django_assert_num_queries(1):
            page = api.attempts_of_course(course_key=SME1, after=after, limit=4)
        found += [(line.owner_id, line.number) for line in page.lines]
        after = page.next_after
        if after is None:
            break
    assert found == [(user.pk, number) for user in (peer, learner) for number in (3, 2, 1)]
    client.force_login(teacher)
    with django_assert_max_num_queries(8):
        client.get(PAGE)

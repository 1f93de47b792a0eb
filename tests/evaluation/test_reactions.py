"""Answers after a cycle: kept at once, shown in steps of five, and nothing to be computed from two looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iciinsmes.evaluation import api, retirement
from iciinsmes.evaluation.data import Obstacle
from iciinsmes.evaluation.errors import CycleOver
from iciinsmes.evaluation.models import Reaction
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade
from tests.evaluation.conftest import BLOCK, react, reaction
from tests.people import SME1


def seen():
    (cycle,) = api.cycles_of(course_key=SME1)
    return cycle


def test_the_first_answer_completes_the_block_and_books_the_point_once(learners):
    (anna,) = learners(1)
    react(anna, 2)
    react(anna, 5)
    assert learning.completions(user_id=anna.pk, course_key=SME1)[BLOCK] == 1
    assert Grade.objects.get(user=anna, usage_key=BLOCK).earned == 1
    assert api.standing_of(user_id=anna.pk, usage_key=BLOCK).own == reaction(5)
    assert api.done_points(user_id=anna.pk, usage_key=BLOCK).earned == 1


def test_staff_see_nothing_before_five_have_answered(learners):
    people = learners(5)
    for user in people[:4]:
        react(user, text="Too little time")
        assert seen().published.answers == 0
        assert seen().texts == ()
    react(people[4], 2, text="The boss")
    assert seen().published.answers == 5
    assert seen().published.sums["useful"] == 4 * 4 + 2
    assert len(seen().texts) == 5


def test_two_looks_never_differ_by_fewer_than_five_people(learners):
    """However often people answer and change their answers, a step holds what five of them have said anew."""
    people = learners(12)
    changed: set[int] = set()
    before = seen()
    for number, user in enumerate([*people, *people[:4], people[0], people[0], *people[3:9]]):
        react(user, 1 + number % 5, text=f"words {number}")
        changed.add(user.pk)
        if seen() != before:
            assert len(changed) >= 5
            before, changed = seen(), set()
    assert before.published.answers == 12


def test_a_changed_text_stays_as_it_was_shown_until_the_next_step(learners):
    people = learners(10)
    for user in people[:5]:
        react(user, text=f"of {user.username}")
    before = seen()
    react(people[0], text="")
    react(people[5], text="new")
    assert seen() == before
    for user in people[6:9]:
        react(user)
    assert "of learner0" not in seen().texts
    assert "new" in seen().texts


def test_the_same_answer_again_is_no_new_one(learners):
    people = learners(5)
    for user in people:
        react(user)
    before = seen()
    for user in people:
        react(user)
    assert not Reaction.objects.filter(is_new=True).exists()
    assert seen() == before


def test_texts_come_in_an_order_that_is_not_that_of_answers(learners):
    for user in learners(15):
        react(user, text=user.username)
    shown = list(seen().texts)
    ids = list(Reaction.objects.order_by("id").values_list("text", flat=True))
    assert shown == ids
    assert sorted(shown) == sorted(f"learner{number}" for number in range(15))


def test_who_is_forgotten_leaves_numbers_without_words_and_nothing_changes_for_staff(learners):
    people = learners(5)
    for user in people:
        react(user, obstacles=(Obstacle.DATA,), text=f"of {user.username}")
    before = seen().published
    tables = retirement.export_person(user_id=people[0].pk).tables
    assert [row["text"] for row in tables["reactions"]] == ["of learner0"]
    retirement.forget_person(user_id=people[0].pk)
    assert seen().published == before
    assert "of learner0" not in seen().texts
    assert Reaction.objects.filter(user=None, text="", useful=4).count() == 1
    assert api.done_points(user_id=people[0].pk, usage_key=BLOCK) is None


def test_old_answers_are_dropped(learners):
    react(*learners(1))
    soon = timezone.now() + timedelta(days=2)
    assert retirement.expire(before=timezone.now() - timedelta(days=2)) == 0
    assert retirement.expire(before=soon, dry_run=True) == 1
    assert Reaction.objects.count() == 1
    assert retirement.expire(before=soon) == 1
    assert not Reaction.objects.exists()


def test_after_the_close_nothing_changes(learners, monkeypatch):
    (anna,) = learners(1)
    react(anna)
    over = timezone.now() - timedelta(minutes=1)
    monkeypatch.setattr("iciinsmes_campus.host.CampusHost.due_date", lambda *_given: over)
    assert not api.standing_of(user_id=anna.pk, usage_key=BLOCK).is_open
    with pytest.raises(CycleOver):
        react(anna, 1)
    assert api.standing_of(user_id=anna.pk, usage_key=BLOCK).own == reaction(4)


@pytest.mark.parametrize("ratings", [{}, {"useful": 3}, {"useful": 0, "worth": 3, "next_step": 3}])
def test_nonsense_is_no_answer(learners, ratings):
    (anna,) = learners(1)
    with pytest.raises(ValueError, match=r"\{"):
        react(anna, ratings=ratings)

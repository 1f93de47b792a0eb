"""When a pause may be declared, changed and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given

from iciinsmes.projects.rules.days import paused_days
from iciinsmes.projects.rules.pauses import (
    PauseProblem,
    PauseUse,
    change_problems,
    declaration_problems,
    pause_use,
    removal_problems,
)
from iciinsmes.projects.rules.thresholds import STANDARD

from .rules_made import day, numbers, pause, pauses

TODAY = 100
RUNNING = pause(90, 120)


def declare(first, last, *others, reason="Fair season"):
    return declaration_problems(pause(first, last), reason, others, day(TODAY), STANDARD)


def change(was, wanted, *others, reason="Fair season"):
    return change_problems(was, wanted, reason, others, day(TODAY), STANDARD)


@pytest.mark.parametrize(
    ("first", "last", "problems"),
    [
        (100, 100, ()),
        (100, 159, ()),
        (100, 160, (PauseProblem.TOO_LONG,)),
        (99, 110, (PauseProblem.IN_THE_PAST,)),
        (110, 109, (PauseProblem.TURNED,)),
    ],
)
def test_a_pause_has_at_most_sixty_days_both_ends_counted(first, last, problems):
    assert declare(first, last) == problems


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_pause_has_a_reason(reason):
    assert declare(100, 110, reason=reason) == (PauseProblem.NO_REASON,)
    assert change(RUNNING, RUNNING, reason=reason) == (PauseProblem.NO_REASON,)


def test_a_project_has_two_pauses_each_of_its_own_length():
    first = pause(0, 59)
    assert declare(100, 159, first) == ()
    assert declare(200, 201, first, pause(100, 159)) == (PauseProblem.TOO_MANY,)


@pytest.mark.parametrize(("first", "last"), [(100, 105), (120, 130), (115, 125)])
def test_two_pauses_share_no_day(first, last):
    assert declare(first, last, RUNNING) == (PauseProblem.OVERLAPS,)
    assert declare(121, 130, RUNNING) == ()


def test_a_running_pause_ends_earlier_or_later_and_keeps_its_first_day():
    assert change(RUNNING, pause(90, 99)) == (), "the firm goes on today"
    assert change(RUNNING, pause(90, 149)) == ()
    assert change(RUNNING, pause(90, 150)) == (PauseProblem.TOO_LONG,)
    assert change(RUNNING, pause(90, 98)) == (PauseProblem.IN_THE_PAST,)
    assert change(RUNNING, pause(91, 120)) == (PauseProblem.BEGUN,)


def test_a_pause_to_come_moves_freely_and_one_that_is_over_does_not():
    assert change(pause(101, 110), pause(100, 120)) == ()
    assert change(pause(101, 110), pause(99, 120)) == (PauseProblem.IN_THE_PAST,)
    assert change(pause(90, 99), pause(90, 110)) == (PauseProblem.OVER,)


def test_changing_one_of_two_counts_no_third():
    assert change(RUNNING, pause(90, 110), pause(0, 10)) == ()


def test_only_a_pause_to_come_is_taken_back():
    assert removal_problems(pause(101, 110), day(TODAY)) == ()
    assert removal_problems(pause(100, 110), day(TODAY)) == (PauseProblem.BEGUN,)
    assert removal_problems(pause(90, 99), day(TODAY)) == (PauseProblem.OVER,)


def test_whatever_is_done_to_another_leaves_the_running_one():
    others = [RUNNING, pause(130, 140)]
    declaration_problems(pause(150, 160), "x", others, day(TODAY), STANDARD)
    change_problems(others[1], pause(131, 141), "x", others[:1], day(TODAY), STANDARD)
    removal_problems(others[1], day(TODAY))
    assert others == [RUNNING, pause(130, 140)]
    assert change(pause(130, 140), pause(115, 140), RUNNING) == (PauseProblem.OVERLAPS,)


def test_days_and_pauses_are_counted_once():
    assert pause_use([], STANDARD) == PauseUse(number=0, left=2, days=0)
    assert pause_use([pause(0, 9)], STANDARD) == PauseUse(number=1, left=1, days=10)
    assert pause_use([pause(5, 14), pause(0, 9)], STANDARD) == PauseUse(number=2, left=0, days=15)
    assert pause_use([pause(0, 9), pause(2, 3), pause(20, 20)], STANDARD).left == 0


@given(pauses(), numbers, numbers)
def test_each_day_in_a_pause_is_counted_once(given_pauses, after, until):
    counted = [
        number
        for number in range(after + 1, until + 1)
        if any(one.first <= day(number) <= one.last for one in given_pauses)
    ]
    assert paused_days(given_pauses, day(after), day(until)) == len(counted)

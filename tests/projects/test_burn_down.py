"""What is left to do is what was left on each day: nothing that happens later changes an earlier day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iciinsmes.projects import api
from iciinsmes.projects.burn_down import burn_down, burn_down_chart
from iciinsmes.projects.data import EntryData, EntryHistory, EntryVersionData, Kind
from tests.people import SME1
from tests.projects.conftest import change, enter

_FIRST = date(2026, 10, 1)


def _measure(number, *versions):
    """``versions`` are day number, hours planned, percent done, and whether it was removed."""
    found = tuple(
        EntryVersionData(
            place,
            {"title": "Notes", "hours_planned": f"{hours}:00", "done": done},
            1,
            datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(days=day),
            removed,
        )
        for place, (day, hours, done, removed) in enumerate(versions, 1)
    )
    last = found[-1]
    entry = EntryData(
        UUID(int=number), Kind.MEASURE, last.content, last.revision, 1, found[0].changed_at, 1, last.changed_at
    )
    return EntryHistory(entry, found)


def _left(found):
    return {day.on: (day.scope, day.left) for day in found.days}


def test_reopening_raises_the_line_on_that_day_and_leaves_earlier_days_as_they_were():
    before = _measure(1, (0, 8, 0, False), (2, 8, 100, False))
    after = _measure(1, (0, 8, 0, False), (2, 8, 100, False), (5, 8, 50, False))
    until = _FIRST + timedelta(days=9)
    early, late = burn_down([before], until), burn_down([after], until)
    day = _FIRST + timedelta(days=2)
    assert _left(early)[day] == _left(late)[day] == (8, 0)
    assert _left(late)[until] == (8, 4)
    assert [each.reopened for each in late.days] == [0, 0, 4, 0]


def test_a_measure_that_is_added_later_is_scope_and_one_that_is_removed_goes_from_then_on():
    found = burn_down(
        [_measure(1, (0, 8, 0, False)), _measure(2, (3, 4, 0, False), (6, 4, 0, True), (8, 4, 0, False))],
        _FIRST + timedelta(days=9),
    )
    assert [(each.on.day, each.added, each.scope, each.left, each.reopened) for each in found.days] == [
        (1, 8, 8, 8, 0),
        (4, 4, 12, 12, 0),
        (7, -4, 8, 8, 0),
        (9, 4, 12, 12, 0),
        (10, 0, 12, 12, 0),
    ]


_STEPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40), st.integers(0, 100), st.booleans()), min_size=1)


@given(st.lists(_STEPS, max_size=4), st.integers(0, 21))
def test_no_day_depends_on_what_comes_later_and_days_add_up(many, cut):
    histories = [_measure(number, *sorted(steps, key=lambda step: step[0])) for number, steps in enumerate(many)]
    until = _FIRST + timedelta(days=cut)
    whole = burn_down(histories, _FIRST + timedelta(days=21))
    cut_off = [
        EntryHistory(each.entry, tuple(v for v in each.versions if v.changed_at.date() <= until)) for each in histories
    ]
    early = burn_down([each for each in cut_off if each.versions], until)
    if early.in_hours == whole.in_hours:
        later = _left(whole)
        assert all(later[day] == values for day, values in _left(early).items() if day != until)
    assert sum(day.added for day in whole.days) == (whole.days[-1].scope if whole.days else 0)
    moved = sum((day.added - day.done + day.reopened for day in whole.days), Decimal(0))
    assert moved == (whole.days[-1].left if whole.days else 0)
    assert all(0 <= day.left <= day.scope for day in whole.days)


def test_without_hours_each_measure_counts_as_one(people, project):
    one = enter(project, people.anna, Kind.MEASURE, title="Notes")
    enter(project, people.anna, Kind.MEASURE, title="Calls")
    change(project, people.anna, one, done=100)
    histories = api.histories_of(project_id=project, kinds=[Kind.MEASURE])
    found = burn_down(histories, date(2100, 1, 1))
    assert (found.in_hours, found.days[-1].scope, found.days[-1].left) == (False, 2, 1)
    svg = etree.fromstring(str(burn_down_chart(found)))
    assert "1 of 2" in svg.get("aria-label")
    assert burn_down_chart(burn_down([], _FIRST)) == ""


def test_what_was_removed_and_brought_back_was_out_in_between(people, project):
    entry = enter(project, people.anna, Kind.MEASURE, title="Notes")
    who = {"project_id": project, "user_id": people.anna.pk, "course_key": SME1, "entry_id": entry.id}
    api.remove_entry(**who, revision=1)
    api.bring_back_entry(**who)
    (history,) = api.histories_of(project_id=project)
    assert [version.is_removed for version in history.versions] == [False, True, False]

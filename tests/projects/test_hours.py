"""Working time is kept in whole minutes, however it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import WrongContent
from iciinsmes.projects.hours import hours_words, kept, minutes_typed
from iciinsmes.projects.labels import content_lines
from iciinsmes.projects.models import Project
from tests.projects.conftest import change, enter


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0:20", 20),
        ("20 min", 20),
        ("20min.", 20),
        ("1 h 30 min", 90),
        ("1h", 60),
        ("1h30", None),
        ("1.5", 90),
        ("1,5", 90),
        ("8", 480),
        ("0.333333", 20),
        ("0,33", 20),
        ("1.234", None),
        ("1:75", None),
        ("-1", -60),
        ("", None),
        ("many", None),
        ("1e9", None),
    ],
)
def test_hours_are_typed_as_people_say_them(text, minutes):
    assert minutes_typed(text) == minutes


@given(st.integers(0, 600_000))
def test_what_is_kept_is_read_as_the_same_again(minutes):
    assert minutes_typed(kept(minutes)) == minutes
    assert minutes_typed(hours_words(minutes)) == minutes


def test_three_times_twenty_minutes_are_exactly_an_hour(people, project):
    measure = enter(project, people.anna, Kind.MEASURE, title="Driver notes", role="Foreman")
    for typed in ("0:20", "20 min", "0.3333"):
        entry = enter(project, people.anna, Kind.SPENT, measure=str(measure.id), on="2026-10-01", hours=typed)
        assert entry.content["hours"] == "0:20"
        assert ("Hours", "0:20") in content_lines(Kind.SPENT, entry.content)
    facts = Project.objects.get(id=project).facts
    assert Decimal(facts["hours"]) == 1
    assert change(project, people.anna, entry).content == entry.content


@pytest.mark.parametrize("typed", ["-1", "10000:01", "soon", True])
def test_other_hours_are_refused_at_their_field(people, project, typed):
    with pytest.raises(WrongContent) as caught:
        enter(project, people.anna, Kind.SPENT, on="2026-10-01", hours=typed)
    assert list(caught.value.errors) == ["hours"]
    assert api.entries_of(project_id=project) == ()

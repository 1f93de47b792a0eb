"""Lights follow what happens and what does not: on each change, and each night however many nights were missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iciinsmes.companies import api as companies
from iciinsmes.companies.models import Company
from iciinsmes.projects import api, days, evaluation
from iciinsmes.projects.course_rules import USUAL_WEEKS, CourseRulesData
from iciinsmes.projects.data import Decider, GateVerdict, Kind, Light
from iciinsmes.projects.models import Project, ProjectRun
from iciinsmes.projects.signals import light_changed
from tests.people import SME1
from tests.projects.conftest import CHARTER, change, enter


@pytest.fixture
def clock(monkeypatch):
    """Set the day of the site for this room."""

    def set_day(day: date) -> date:
        for module in (evaluation, days):
            monkeypatch.setattr(module, "today", lambda: day)
        return day

    return set_day


def light(project) -> Light:
    return Light(Project.objects.get(id=project).light)


def reasons(project) -> list[str]:
    return [finding["reason"] for finding in Project.objects.get(id=project).findings]


def test_silence_turns_the_light_at_night_and_is_told_once(people, project, clock, django_capture_on_commit_callbacks):
    begun = days.today()
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    told = []
    light_changed.connect(lambda **what: told.append((what["before"], what["after"])), weak=False, dispatch_uid="test")
    try:
        for day in range(15, 31):
            clock(begun + timedelta(days=day))
            with django_capture_on_commit_callbacks(execute=True):
                assert api.look_at_all() == 1
            assert api.look_at_all() == 0
    finally:
        light_changed.disconnect(dispatch_uid="test")
    assert told[0][1] != Light.GREEN
    assert len(told) == len(set(told))
    assert "silent" in reasons(project)


@pytest.mark.parametrize("nights", [[30], list(range(1, 31)), [3, 17, 29, 30]])
def test_missed_nights_change_nothing(people, project, clock, nights):
    begun = days.today()
    for night in nights:
        clock(begun + timedelta(days=night))
        api.look_at_all()
    row = Project.objects.get(id=project)
    assert (row.light, sorted(reasons(project))) == (Light.RED, sorted(reasons(project)))
    kept = {rule: held["better_since"] for rule, held in row.held.items()}
    assert set(kept.values()) == {None}


def test_what_is_mended_shows_for_seven_more_days(people, project, clock):
    begun = days.today()
    measure = enter(project, people.anna, Kind.MEASURE, title="Notes")
    assert "measures_open_ended" in reasons(project)
    far = (begun + timedelta(days=300)).isoformat()
    change(project, people.anna, measure, role="Foreman", due=far)
    assert "measures_open_ended" in reasons(project)
    clock(begun + timedelta(days=6))
    api.look_at_all()
    assert "measures_open_ended" in reasons(project)
    clock(begun + timedelta(days=7))
    api.look_at_all()
    assert "measures_open_ended" not in reasons(project)


def test_a_night_that_was_stopped_goes_on_where_it_was(people, project, clock):
    api.open_project(user_id=people.peer.pk, course_key=SME1)
    clock(days.today() + timedelta(days=1))
    assert api.look_at_all(limit=1) == 1
    assert api.look_at_all() == 1
    assert api.look_at_all() == 0


def test_the_night_asks_as_much_for_two_as_for_one(people, project, clock, django_assert_num_queries):
    day = days.today()
    clock(day + timedelta(days=1))
    with django_assert_num_queries(11):
        api.look_at_all()
    api.open_project(user_id=people.peer.pk, course_key=SME1)
    clock(day + timedelta(days=2))
    with django_assert_num_queries(11):
        api.look_at_all()


def test_the_place_in_lists_follows_the_light_at_once_and_the_firms_name_at_night(people, project, clock):
    def place():
        return ProjectRun.objects.get(project=project).place

    assert place() == "3 Nordlicht"
    enter(project, people.anna, Kind.RISK, title="Fire", probability=5, impact=5)
    assert place() == "0 Nordlicht"
    Company.objects.filter(id=people.firm.id).update(name="Südlicht")
    clock(days.today() + timedelta(days=1))
    api.look_at_all()
    assert place() == "0 Südlicht"
    asked = api.ask_for_decision(
        project_id=project,
        user_id=people.anna.pk,
        course_key=SME1,
        proposal=GateVerdict.STOP,
        reason="Nobody would pay.",
    )
    api.decide(
        request_id=asked.id,
        user_id=people.coach.pk,
        course_key=SME1,
        decider=Decider.OWNER,
        verdict=GateVerdict.STOP,
        reason="Agreed.",
    )
    assert place() == "9 Südlicht"


def test_a_measure_of_somebody_who_leaves_has_nobody_at_once(people, project):
    far = (days.today() + timedelta(days=300)).isoformat()
    enter(project, people.anna, Kind.MEASURE, title="Notes", person=people.jonas.pk, due=far)
    assert "measures_open_ended" not in reasons(project)
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    assert "measures_open_ended" in reasons(project)


def test_other_weeks_of_the_gates_reach_a_project_in_the_night(people, project, clock):
    weeks = {gate: week + 10 for gate, week in USUAL_WEEKS.items()}
    api.choose_rules(course_key=SME1, rules=CourseRulesData(weeks=weeks))
    day = clock(days.today() + timedelta(days=1))
    api.look_at_all()
    planned = Project.objects.get(id=project).facts["planned"]
    assert planned["0"] == (day - timedelta(days=1) + timedelta(weeks=11) - timedelta(days=1)).isoformat()

"""Reminders: to whom, how often, and never when people do not work; notices of gates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.notices.models import Notice
from iciinsmes.projects import api
from iciinsmes.projects.data import Decider, GateVerdict, Kind, Light
from iciinsmes.projects.days import calendar
from iciinsmes.projects.models import Project
from iciinsmes.projects.reminding import may_be_told, remind_of
from iciinsmes_campus.learning import api as learning
from tests.people import SME1
from tests.projects.conftest import CHARTER, enter

#: A Tuesday at ten in Berlin.
TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def colour(project, light: Light) -> None:
    Project.objects.filter(id=project).update(light=light.value)


def told(kind: str = "project_light") -> list[str]:
    found = Notice.objects.filter(kind=kind).order_by("user__username")
    return list(found.values_list("user__username", flat=True))


@pytest.mark.parametrize(
    ("light", "names"),
    [
        (Light.GREEN, []),
        (Light.BLUE, []),
        (Light.AMBER, ["anna", "jonas"]),
        (Light.RED, ["anna", "coach", "jonas"]),
    ],
)
def test_learners_at_amber_and_coaches_at_red(people, project, light, names):
    colour(project, light)
    with time_machine.travel(TUESDAY, tick=False):
        api.remind_all()
    assert told() == names


def test_two_runs_and_two_projects_are_one_mail_a_week(people, project):
    second = api.open_project(user_id=people.peer.pk, course_key=SME1).id
    companies.assign_coach(company_id=people.other.id, course_key=SME1, who="coach", actor_id=people.cora.pk)
    for each in (project, second):
        colour(each, Light.RED)
    with time_machine.travel(TUESDAY, tick=False) as clock:
        api.remind_all()
        api.remind_all()
        remind_of(project_id=project)
        assert told() == ["anna", "coach", "jonas", "peer"]
        clock.move_to(TUESDAY.replace(day=16))
        api.remind_all()
        assert len(told()) == 4
        clock.move_to(TUESDAY.replace(day=17))
        api.remind_all()
        assert len(told()) == 8


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 10, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 10, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 18, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 19, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 14, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), True),
    ],
)
def test_never_at_night_on_weekends_or_on_holidays(people, project, moment, expected):
    colour(project, Light.AMBER)
    with time_machine.travel(moment, tick=False):
        api.remind_all()
    assert told() == (["anna", "jonas"] if expected else [])


def test_the_country_of_the_firm_counts():
    christmas_eve = date(2026, 12, 24)
    assert may_be_told((christmas_eve, 10), calendar("DE"))
    assert not may_be_told((christmas_eve, 10), calendar("PL"))


def test_who_is_enrolled_or_assigned_no_more_gets_none(people, project):
    colour(project, Light.RED)
    learning.leave(user_id=people.jonas.pk, course_key=SME1)
    companies.remove_coach(company_id=people.firm.id, course_key=SME1, user_id=people.coach.pk, actor_id=people.cora.pk)
    RequestCache.clear_all_namespaces()
    with time_machine.travel(TUESDAY, tick=False):
        api.remind_all()
    assert told() == ["anna"]


def test_what_has_ended_is_over(people, project):
    colour(project, Light.RED)
    Project.objects.update(ended_on=date(2026, 11, 1))
    with time_machine.travel(TUESDAY, tick=False):
        api.remind_all()
    assert told() == []


def test_a_coach_is_led_to_the_board_and_a_learner_to_the_project(people, project):
    colour(project, Light.RED)
    with time_machine.travel(TUESDAY, tick=False):
        api.remind_all()
    ways = dict(Notice.objects.values_list("user__username", "address"))
    assert ways["coach"] == reverse("iciinsmes:projects-coached")
    assert ways["anna"] == reverse("iciinsmes:project", args=[SME1, project])
    assert Notice.objects.get(user=people.coach).detail.startswith("Nordlicht")


def test_gates_are_told_to_who_decides_and_decisions_to_the_firm(people, project, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = api.ask_for_decision(project_id=project, user_id=people.anna.pk, course_key=SME1, has_owner=False)
    assert told("gate_asked") == ["coach"]
    with django_capture_on_commit_callbacks(execute=True):
        api.decide(
            request_id=asked.id, user_id=people.coach.pk, course_key=SME1, decider=Decider.COACH, verdict=GateVerdict.GO
        )
    assert told("gate_asked") == []
    assert told("gate_decided") == ["anna", "jonas"]


def test_each_mail_says_what_it_is_about_where_and_why_it_comes(people, project, django_capture_on_commit_callbacks):
    who = {"project_id": project, "user_id": people.anna.pk, "course_key": SME1}
    page = reverse("iciinsmes:project", args=[SME1, project])
    with django_capture_on_commit_callbacks(execute=True):
        enter(project, people.anna, Kind.CHARTER, CHARTER)
        asked = api.ask_for_decision(**who, has_owner=False)
    with django_capture_on_commit_callbacks(execute=True):
        api.decide(
            request_id=asked.id, user_id=people.coach.pk, course_key=SME1, decider=Decider.COACH, verdict=GateVerdict.GO
        )
    colour(project, Light.RED)
    with time_machine.travel(TUESDAY, tick=False), django_capture_on_commit_callbacks(execute=True):
        api.remind_all()
    title = f"“{CHARTER['title']}”"
    for receiver, subject, words, address in (
        ("coach", f"Nordlicht asks for your decision about {title}", "because you accompany a firm", "/projects/"),
        ("anna", f"There is a decision about {title}", "Read what was decided, and why.", f"{page}#gates"),
        ("jonas", f"There is a decision about {title}", "Read what was decided, and why.", f"{page}#gates"),
        ("jonas", f"{title} needs a look", "at most once a week", page),
        ("coach", f"{title} needs a look", "at most once a week", reverse("iciinsmes:projects-coached")),
    ):
        (found,) = [sent for sent in mail.outbox if sent.to == [f"{receiver}@example.org"] and sent.subject == subject]
        assert words in found.body
        assert address in found.body
    # Staff read of it on the desk, so that they get no mail of their own.
    assert not [sent for sent in mail.outbox if sent.to == ["tea@example.org"]]


def test_without_a_coach_the_staff_is_told(people, project, django_capture_on_commit_callbacks):
    companies.remove_coach(company_id=people.firm.id, course_key=SME1, user_id=people.coach.pk, actor_id=people.cora.pk)
    with django_capture_on_commit_callbacks(execute=True):
        api.ask_for_decision(project_id=project, user_id=people.anna.pk, course_key=SME1, has_owner=False)
    assert told("gate_waits") == ["cora", "tea"]
    assert mail.outbox == []

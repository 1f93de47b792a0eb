"""Reminding people of projects whose light is not green, rarely and never when they do not work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.json_data import from_json
from iciinsmes.notices import api as notices
from iciinsmes.platform import host, zones

from .data import Light
from .days import calendar
from .labels import reason_of
from .models import Project, ProjectRun
from .notice_kinds import LIGHT
from .rule_data import Finding

#: The same for everybody: with it a person is reminded at most once a week, however many projects there are.
SUBJECT = "projects"
#: Nobody is reminded earlier or later on a day, by the own clock.
FIRST_HOUR, LAST_HOUR = 7, 20
_PAGE = 200
_NOT_GREEN = (Light.AMBER.value, Light.RED.value)


@dataclass(frozen=True)
class _Matter:
    """A project that somebody is reminded of, in the latest run in which it is worked on."""

    row: Project
    course_key: CourseKey
    company: CompanyData


def remind_all() -> None:
    """Remind members of firms whose project is amber or red, and coaches of those that are red.

    A page of projects at a time, the worst first, so that a coach of several is told of a red one.
    """
    for light in (Light.RED.value, Light.AMBER.value):
        rows = Project.objects.filter(light=light, ended_on=None).defer("facts", "held")
        after: UUID | None = None
        # By key, because what is written meanwhile must not disturb the reading.
        while page := list((rows.filter(id__gt=after) if after else rows).order_by("id")[:_PAGE]):
            after = page[-1].pk
            _remind(page)


def remind_of(*, project_id: UUID, **_more: object) -> None:
    """Hear `signals.light_changed`: who may be reminded now is, the others when `remind_all` comes by day."""
    rows = Project.objects.filter(id=project_id, light__in=_NOT_GREEN, ended_on=None)
    _remind(list(rows.defer("facts", "held")))


def may_be_told(now_there: tuple[date, int], is_working: Callable[[date], bool]) -> bool:
    """Tell whether somebody may be reminded: on working days from 7 until 20, by the own clock.

    Args:
        now_there: day and hour where the person is.
        is_working: tells working days of the firm's country.
    """
    day, hour = now_there
    return FIRST_HOUR <= hour < LAST_HOUR and is_working(day)


def _remind(rows: list[Project]) -> None:
    matters = _matters(rows)
    receivers: dict[int, _Matter] = {}
    for course_key in {matter.course_key for matter in matters}:
        here = [matter for matter in matters if matter.course_key == course_key]
        for user_id, matter in _people(course_key, here):
            receivers.setdefault(user_id, matter)
    told = notices.reminded_lately(user_ids=receivers, kind=LIGHT, subject=SUBJECT)
    for user_id in sorted(receivers.keys() - told):
        _tell(user_id, receivers[user_id])


def _matters(rows: Iterable[Project]) -> list[_Matter]:
    found = list(rows)
    firms = companies.companies_by_id(company_ids={row.company_id for row in found})
    runs = ProjectRun.objects.filter(project__in=found).order_by("begins_on", "id")
    latest = {run.project_id: run.course_key for run in runs}
    return [_Matter(row, latest[row.pk], firms[row.company_id]) for row in found if row.pk in latest]


def _people(course_key: CourseKey, matters: Iterable[_Matter]) -> Iterable[tuple[int, _Matter]]:
    """Return whom to remind of what: members who still learn in the run, and coaches where it is red."""
    by_firm = {matter.company.id: matter for matter in matters}
    members = companies.members_by_company(company_ids=by_firm.keys(), course_key=course_key)
    coaches = companies.coaches_by_company(company_ids=by_firm.keys(), course_key=course_key)
    people = host().people({each for found in members.values() for each in found}, course_key)
    for firm, matter in by_firm.items():
        for user_id in members.get(firm, ()):
            if user_id in people and people[user_id].is_active and people[user_id].takes_part:
                yield user_id, matter
        if matter.row.light == Light.RED.value:
            yield from ((user_id, matter) for user_id in coaches.get(firm, ()))


def _tell(user_id: int, matter: _Matter) -> None:
    company = matter.company
    with zones.as_read_by(user_id):
        now = timezone.localtime()
        if not may_be_told((now.date(), now.hour), calendar(company.country, company.region)):
            return
        is_member = companies.company_of(user_id=user_id, course_key=matter.course_key)
        works_on_it = is_member is not None and is_member.id == company.id
        page = reverse("iciinsmes:project", args=[matter.course_key, matter.row.pk])
        notices.remind(
            user_id=user_id,
            kind=LIGHT,
            course_key=matter.course_key,
            title=matter.row.title,
            address=page if works_on_it else reverse("iciinsmes:projects-coached"),
            subject=SUBJECT,
            detail=_why(matter, works_on_it),
        )


def _why(matter: _Matter, works_on_it: bool) -> str:
    """Return why the light is not green, for a coach with the firm's name."""
    findings: Iterable[Mapping[str, object]] = matter.row.findings
    worst = next((from_json(Finding, each) for each in findings), None)
    reason = reason_of(worst) if worst is not None else _("Somebody has set its light.")
    return reason if works_on_it else f"{matter.company.name}: {reason}"

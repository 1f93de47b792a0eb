"""Many projects at once, written into the tables as the rooms would have left them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from iciinsmes.companies.models import Company, CompanyCoach, CompanyMembership, CompanyRun
from iciinsmes.lib.json_data import to_json
from iciinsmes.projects.data import Gate, Kind, Light, LightRule, ProjectPart
from iciinsmes.projects.days import today
from iciinsmes.projects.models import CoachTalk, Entry, GateRequest, Project, ProjectRun
from iciinsmes.projects.rule_data import Facts, Finding, KpiFacts, MeasureFacts, PauseFacts
from iciinsmes.projects.staff_order import rank_of
from iciinsmes.waiting.models import WaitingItem
from tests.people import SME1

TRADES = ("Joinery", "Bakery", "Electrical work", "Hairdresser", "Metal work", "Car repair", "Catering")
LIGHTS = (Light.RED, Light.AMBER, Light.GREEN, Light.GREEN, Light.BLUE)
TRIGGERS = ("lost_customer", "vision", "demand", "customer_wish")
TITLES = (
    "Kitchens on the promised day",
    "Fewer returns on Mondays",
    "Quotes within a day",
    "A heat pump in one visit",
    "Bread that people order ahead",
    "Repairs with a fixed price",
)


def many(number: int, *, coach: Any = None, member: Any = None) -> list[Project]:
    """Make so many firms, each with a project in the run, with entries, a talk, and some open requests.

    Args:
        number: how many.
        coach: who coaches all of them, if anybody.
        member: who asks for decisions, and whose work waits, if anybody.
    """
    day, now = today(), timezone.now()
    firms = [
        Company(
            name=f"{TRADES[each % 7]} {('Nordlicht', 'Fyn', 'Dębem', 'Szép', 'Hansen')[each % 5]} {each:04}",
            country="DE",
            trade=TRADES[each % 7],
            size_class=("1", "2-9", "10-49")[each % 3],
        )
        for each in range(number)
    ]
    Company.objects.bulk_create(firms)
    CompanyRun.objects.bulk_create(CompanyRun(company=firm, course_key=SME1) for firm in firms)
    projects = [_project(firm, each, day, now) for each, firm in enumerate(firms)]
    Project.objects.bulk_create(projects)
    ProjectRun.objects.bulk_create(
        ProjectRun(project=row, course_key=SME1, begins_on=row.started_on, place=f"{rank_of(row)} {row.company.name}")
        for row in projects
    )
    Entry.objects.bulk_create(entry for each, row in enumerate(projects) for entry in _entries(row, each, now))
    CoachTalk.objects.bulk_create(
        CoachTalk(
            project=row,
            coach=coach,
            held_on=day - timedelta(days=10),
            about="What customers said about late deliveries.",
            notes="The owner was in a hurry.",
            agreements=[
                {"text": "Call five late customers", "measure": row.facts["measures"][0]["id"]},
                {"text": "Show the board to the drivers", "measure": ""},
            ],
            written_at=now - timedelta(days=10),
        )
        for row in projects
    )
    if coach is not None:
        CompanyCoach.objects.bulk_create(CompanyCoach(company=firm, user=coach, course_key=SME1) for firm in firms)
    if member is not None:
        _wait(projects, member, now)
    return projects


def _project(firm: Company, each: int, day: date, now: Any) -> Project:
    light = LIGHTS[each % 5]
    gate = each % 9
    finding = Finding(LightRule.SILENCE, light, "silent", "write_diary", ProjectPart.DIARY, {"days": 16 + each % 20})
    pause = Finding(
        LightRule.PAUSE, Light.BLUE, "paused", "go_on", ProjectPart.WHOLE, {"last": str(day + timedelta(days=9))}
    )
    found = {Light.GREEN: [], Light.BLUE: [pause]}.get(light, [finding])
    facts = Facts(
        started=day - timedelta(days=90),
        planned={},
        passed={number: day - timedelta(days=80 - 9 * number) for number in range(gate)},
        kpis=(
            KpiFacts(
                uuid4(),
                "Late deliveries",
                rising=False,
                baseline=Decimal(46),
                target=Decimal(16),
                last=Decimal(46 - each % 33),
            ),
        ),
        measures=(
            MeasureFacts(uuid4(), "Call five late customers", True, due=day + timedelta(days=2), done=40),
            MeasureFacts(uuid4(), "Board with promised days", True, due=day - timedelta(days=3)),
            MeasureFacts(uuid4(), "New van", False, blocked=True),
            MeasureFacts(uuid4(), "Notes of drivers", True, due=day - timedelta(days=20), done=100),
        ),
        pauses=(PauseFacts(day, day + timedelta(days=9)),) if light is Light.BLUE else (),
        owner_agreed=True,
    )
    return Project(
        company=firm,
        number=1,
        title=TITLES[each % 6],
        started_on=facts.started,
        gate=Gate(gate).value,
        light=light.value,
        facts=to_json(facts),
        findings=to_json(found),
        looked_on=day,
        changed_at=now,
        created_at=now,
    )


def _entries(row: Project, each: int, now: Any) -> list[Entry]:
    facts = row.facts["measures"]
    contents: list[tuple[Kind, dict[str, Any], str | None]] = [
        (Kind.CHARTER, {"title": row.title, "trigger": TRIGGERS[each % 4]}, None),
        (Kind.MEASURE, {"title": facts[0]["title"], "role": "Foreman", "due": facts[0]["due"]}, facts[0]["id"]),
        (Kind.MEASURE, {"title": facts[1]["title"], "role": "Owner", "due": facts[1]["due"]}, facts[1]["id"]),
        (Kind.MEASURE, {"title": facts[2]["title"], "blocked": "The bank has not answered."}, facts[2]["id"]),
        (Kind.CONTACT, {"on": "2026-09-20", "customer": "C014", "method": "phone", "words": "Twice!"}, None),
        (Kind.DIARY, {"on": "2026-09-21", "text": "Three customers called about the day of delivery."}, None),
    ]
    return [
        Entry(
            id=key or uuid4(),
            project=row,
            kind=kind.value,
            content=content,
            created_at=now - timedelta(days=60),
            changed_at=now - timedelta(days=place * 3 - 1),
        )
        for place, (kind, content, key) in enumerate(contents, start=1)
    ]


def _wait(projects: list[Project], member: Any, now: Any) -> None:
    GateRequest.objects.bulk_create(
        GateRequest(
            project=row,
            course_key=SME1,
            gate=row.gate,
            deciders=["coach"],
            proposal="go",
            snapshot={},
            fingerprint="",
            asked_by=member,
            asked_at=now - timedelta(days=1 + each % 25),
        )
        for each, row in enumerate(projects)
        if each % 4 == 0
    )
    WaitingItem.objects.bulk_create(
        WaitingItem(
            subject=uuid4(),
            kind="gate",
            course_key=SME1,
            company_id=row.company_id,
            owner=member,
            waiting_for="staff",
            since=now - timedelta(days=1 + each % 30),
            title="W03",
        )
        for each, row in enumerate(projects)
        if each % 3 == 0
    )


def join(firm_id: int, user: Any) -> None:
    """Make somebody a member of a firm without the room's rules."""
    CompanyMembership.objects.create(user=user, company_id=firm_id, course_key=SME1, active=True)

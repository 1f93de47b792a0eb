"""Course runs of many colleges with everything that an evaluation counts, written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round, Work
from iciinsmes.companies.models import Company, CompanyMembership, CompanyRun
from iciinsmes.evaluation import api
from iciinsmes.evaluation.data import ReactionSettings
from iciinsmes.evaluation.models import Reaction, ReactionBlock
from iciinsmes.evaluation.rules import sums_of_reactions
from iciinsmes.evaluation.serializers import reaction_data
from iciinsmes.lib.json_data import to_json
from iciinsmes.projects.models import Entry, Project, ProjectRun
from iciinsmes.review.models import Assessment
from iciinsmes.self_check import api as self_check
from iciinsmes.self_check.data import CheckSettings
from iciinsmes.self_check.models import Check, CheckBlock
from iciinsmes_campus.learning.models import Membership
from tests.desk.conftest import make_task

_BATCH = 1000


def fill_runs(
    prefix: str, owner: User, *, colleges: int, firms: int, learners: int, countries: Sequence[str]
) -> list[CourseKey]:
    """Create a course run for each college, with its part of the firms and learners; the owner coordinates all."""
    keys = [CourseKey.from_string(f"course-v1:{prefix}{number:02}+SME1+2026") for number in range(colleges)]
    for number, key in enumerate(keys):
        Membership.objects.create(user=owner, course_key=key, role="coordinator")
        api.say_facts(
            course_key=key,
            actor_id=owner.pk,
            college=f"College {number}",
            country=countries[number % len(countries)],
            ends_on=timezone.localdate() - timedelta(days=1),
        )
        _fill(key, f"{prefix}-{number}", _part(firms, colleges, number), _part(learners, colleges, number))
    return keys


def _part(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)


def _fill(key: CourseKey, prefix: str, firms: int, learners: int) -> None:
    User.objects.bulk_create(
        (User(username=f"{prefix}-{number:05}", password="!") for number in range(learners)), batch_size=_BATCH
    )
    people = list(User.objects.filter(username__startswith=f"{prefix}-").order_by("id").values_list("id", flat=True))
    Membership.objects.bulk_create((Membership(user_id=each, course_key=key) for each in people), batch_size=_BATCH)
    places = _projects(key, prefix, firms)
    CompanyMembership.objects.bulk_create(
        (
            CompanyMembership(company_id=places[number % len(places)], user_id=each, course_key=key)
            for number, each in enumerate(people)
        ),
        batch_size=_BATCH,
    )
    _reactions(key, people)
    _checks(key, people)
    _work(key, people)


def _projects(key: CourseKey, prefix: str, count: int) -> list[int]:
    """Let firms have a project each, with a KPI and three values of it."""
    now, today = timezone.now(), timezone.localdate()
    Company.objects.bulk_create(Company(name=f"{prefix} firm {number:04}", country="DE") for number in range(count))
    firms = list(Company.objects.filter(name__startswith=f"{prefix} firm").order_by("id").values_list("id", flat=True))
    CompanyRun.objects.bulk_create(CompanyRun(company_id=firm, course_key=key) for firm in firms)
    made = Project.objects.bulk_create(
        Project(
            company_id=firm, number=1, title="Fewer returns", started_on=today, looked_on=today, changed_at=now, gate=9
        )
        for firm in firms
    )
    ProjectRun.objects.bulk_create(ProjectRun(project=row, course_key=key, begins_on=today) for row in made)
    stamp: dict[str, Any] = {"created_at": now, "changed_at": now}
    goal = {"name": "Days", "unit": "d", "direction": "down", "baseline": "20", "target": "10"}
    kpis = Entry.objects.bulk_create(Entry(project=row, kind="kpi", content=goal, **stamp) for row in made)
    days = [(today - timedelta(days=back)).isoformat() for back in (60, 30, 2)]
    Entry.objects.bulk_create(
        (
            Entry(project_id=kpi.project_id, kind="reading", content=_value(kpi.id, on, number), **stamp)
            for kpi in kpis
            for number, on in enumerate(days)
        ),
        batch_size=_BATCH,
    )
    return firms


def _value(kpi: UUID, on: str, number: int) -> dict[str, str]:
    return {"kpi": str(kpi), "on": on, "value": str(18 - 3 * number)}


def _reactions(key: CourseKey, people: Sequence[int]) -> None:
    """Let everybody have answered after four cycles."""
    for number in range(4):
        place = key.make_usage_key("reaction", f"cycle-{number}")
        api.freeze_block(usage_key=place, course_key=key, settings=ReactionSettings(title=f"Cycle {number}"))
        block = ReactionBlock.objects.get(usage_key=place)
        answer: dict[str, Any] = {"useful": 4, "worth": 3, "next_step": 5, "obstacles": ["time"]}
        rows = [
            Reaction(block=block, user_id=each, saved_on=timezone.localdate(), is_new=False, **answer)
            for each in people
        ]
        Reaction.objects.bulk_create(rows, batch_size=_BATCH)
        block.published = to_json(sums_of_reactions(map(reaction_data, rows)))
        block.save()


def _checks(key: CourseKey, people: Sequence[int]) -> None:
    """Let everybody have checked the own firm twice."""
    place = key.make_usage_key("self_check", "check")
    self_check.freeze_block(usage_key=place, course_key=key, settings=CheckSettings("Check"))
    block = CheckBlock.objects.get(usage_key=place)
    now = timezone.now()
    Check.objects.bulk_create(
        (
            Check(
                block=block,
                owner_id=each,
                course_key=key,
                version_id=block.version_id,
                number=number,
                responsive=Decimal(30 * number),
                proactive=Decimal(20 * number),
                saved_at=now,
                sent_at=now + timedelta(minutes=number),
            )
            for each in people
            for number in (1, 2)
        ),
        batch_size=_BATCH,
    )


def _work(key: CourseKey, people: Sequence[int]) -> None:
    """Let everybody have handed in one assignment and passed it."""
    place = key.make_usage_key("workplace_assignment", "w01")
    version = assignments.freeze_task(usage_key=place, course_key=key, task=make_task())
    now = timezone.now()
    works = Work.objects.bulk_create(
        (
            Work(assignment_id=version.assignment_id, owner_id=each, course_key=key, state="passed", round_count=1)
            for each in people
        ),
        batch_size=_BATCH,
    )
    rounds = Round.objects.bulk_create(
        (
            Round(
                work=work,
                number=1,
                task_version_id=version.id,
                handed_in_by_id=work.owner_id,
                handed_in_at=now - timedelta(days=9),
                answers={"channels": "word " * 20},
            )
            for work in works
        ),
        batch_size=_BATCH,
    )
    Assessment.objects.bulk_create(
        (
            Assessment(
                subject=row.id,
                released_subject=row.id,
                rubric_id=version.rubric_id,
                assessor_id=people[0],
                released_at=now,
            )
            for row in rounds
        ),
        batch_size=_BATCH,
    )

"""Projects as assignments see them: texts for answers, who contributed what, and gates that are decided there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.api import register_answer_source, register_aside
from iciinsmes.assignments.data import GradingData
from iciinsmes.assignments.signals import confirmed_gate
from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import labels

from .content import minutes_of
from .data import Decider, EntryData, Gate, GateVerdict, Kind
from .entries import entries_of
from .gates import decide_elsewhere
from .hours import hours_words
from .kinds import KINDS
from .labels import content_lines, head_of
from .models import Project
from .projects import current_project

#: Stands before the keys of our sources, which are written into tasks.
_PREFIX = "project"

#: Kinds of entries by the part of a report or a gate that they answer.
_SOURCES: Mapping[str, tuple[str | Promise, tuple[Kind, ...]]] = {
    "goal": (_("Project: situation, goal and KPIs"), (Kind.CHARTER, Kind.KPI)),
    "insight": (_("Project: customers and insights"), (Kind.CONTACT, Kind.RESULT, Kind.INSIGHT)),
    "ideas": (_("Project: ideas and decisions"), (Kind.IDEA,)),
    "concept": (_("Project: measures and risks"), (Kind.MEASURE, Kind.MILESTONE, Kind.RISK, Kind.PARTNER)),
    "test": (_("Project: tests"), (Kind.TEST,)),
    "results": (_("Project: values, hours and costs"), (Kind.KPI, Kind.READING, Kind.SPENT, Kind.MEASURE)),
    "learning": (_("Project: diary"), (Kind.DIARY,)),
    "report": (_("Project: final report"), (Kind.REPORT,)),
}


@dataclass(frozen=True)
class Contribution:
    """What one person has brought into a project: number of entries by the title of their kind, and hours in words."""

    name: str
    counts: tuple[tuple[str | Promise, int], ...]
    total: int
    hours: str


def connect() -> None:
    """Let tasks fill answers from projects, the desk show who contributed, and mentors' words decide gates."""
    for key, (words, kinds) in _SOURCES.items():
        register_answer_source(key=f"{_PREFIX}.{key}", words=words, fill=_filler(kinds))
    register_aside(key=_PREFIX, render=_contributions)
    confirmed_gate.connect(_decide, dispatch_uid="iciinsmes.projects")


def contributions(entries: Iterable[EntryData], names: Mapping[int, str]) -> tuple[Contribution, ...]:
    """Return what each author has brought, who brought most first; people who are forgotten count together.

    Args:
        entries: of a project.
        names: of its authors.
    """
    by_author: dict[int | None, list[EntryData]] = {}
    for entry in entries:
        by_author.setdefault(entry.author_id, []).append(entry)
    found = []
    for author, own in by_author.items():
        counts = Counter(entry.kind for entry in own)
        minutes = sum(minutes_of(entry.content, "hours") for entry in own if entry.kind is Kind.SPENT)
        found.append(
            Contribution(
                name=names.get(author or 0, "") or "—",
                counts=tuple((KINDS[kind].plural, count) for kind, count in counts.most_common()),
                total=len(own),
                hours=hours_words(minutes),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.total, each.name)))


@cache
def _filler(kinds: tuple[Kind, ...]) -> Callable[[int, CourseKey], str]:
    """Return what fills an answer; the same for the same kinds, because a source may be registered again."""
    return partial(_fill, kinds)


def _fill(kinds: tuple[Kind, ...], user_id: int, course_key: CourseKey) -> str:
    """Return entries of these kinds of the project of the person's firm as text, each kind under its name."""
    company = companies.company_of(user_id=user_id, course_key=course_key)
    project = current_project(company_id=company.id) if company else None
    if project is None:
        return ""
    entries = entries_of(project_id=project.id, kinds=kinds)
    parts = []
    for kind in kinds:
        own = [entry for entry in entries if entry.kind is kind]
        if own:
            parts.append("\n".join([str(KINDS[kind].plural), *(_line(entry) for entry in own)]))
    return "\n\n".join(parts)


def _line(entry: EntryData) -> str:
    head = head_of(entry.kind, entry.content)
    details = [f"{label}: {words}" for label, words in content_lines(entry.kind, entry.content) if words != head]
    return f"- {head}" + (f" ({'; '.join(details)})" if details else "")


def _contributions(data: GradingData, _reader_id: int) -> SafeString | str:
    """Return who brought what, beside rounds of tasks that have to do with the project."""
    task = data.round.task
    if data.round.company_id is None or not (
        task.gate or any(question.source.startswith(f"{_PREFIX}.") for question in task.questions)
    ):
        return ""
    project = current_project(company_id=data.round.company_id)
    if project is None:
        return ""
    course_key = data.version.course_key
    entries = entries_of(project_id=project.id)
    names = labels({entry.author_id for entry in entries if entry.author_id}, course_key)
    context = {
        "project": project,
        "address": reverse("iciinsmes:project", args=[course_key, project.id]),
        "contributions": contributions(entries, names),
    }
    return render_to_string("iciinsmes/projects/contributions.html", context)


def _decide(
    *,
    gate: int,
    company_id: int | None,
    course_key: CourseKey,
    user_id: int,
    name: str,
    note: str,
    **_more: object,
) -> None:
    """Let the project pass the gate that a mentor's word has decided, if it stands before it."""
    with transaction.atomic():
        found = current_project(company_id=company_id) if company_id else None
        row = locked(Project.objects).filter(id=found.id, ended_on=None).first() if found else None
        if row is not None and row.gate == gate:
            decide_elsewhere(
                row,
                course_key=course_key,
                gate=Gate(gate),
                decider=Decider.OWNER,
                verdict=GateVerdict.GO,
                reason=note,
                name=name,
                asked_by=user_id,
                at=timezone.now(),
            )

"""Everything that a page or a part of it shows of a project, read together in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json
from iciinsmes.platform import host
from iciinsmes.self_check import api as self_check

from .coaching import override_of
from .course_rules import CourseRulesData, rules_from
from .data import EntryData, Gate, Kind, OverrideData, ProjectBlockSettings, ProjectData
from .days import today
from .errors import NotAllowedInProject, UnknownProject
from .facts import ByKind, by_kind, checked_of
from .models import BlockDone, CourseRules, Entry, GateRequest, LightOverride, Project, ProjectBlock, ProjectRun
from .permissions import ProjectReader, reader_among
from .projects import open_project
from .rule_data import CheckItem, Facts, Finding
from .rules import gates
from .serializers import entry_data, project_data


@dataclass(frozen=True)
class Shown:
    """A project as one person sees it in one course run on one day.

    ``entries`` are those that are not removed; ``findings`` come worst first; ``members`` are the user ids of who is in
    the firm now, ``names`` those of everybody whom the project names, also of who has left. ``is_asked`` tells that a
    decision is asked for; ``block`` is what counts for the block that shows it, ``is_block_done`` whether the person
    has done it; ``checklist`` is that of the gate before which the project stands, empty behind the last.
    ``in_block`` tells that a block shows a part of it, without what only stands around parts on pages: ``override`` is
    not read then.
    """

    project: ProjectData
    company: str
    reader: ProjectReader
    user_id: int
    course_key: CourseKey
    entries: ByKind
    facts: Facts
    findings: tuple[Finding, ...]
    override: OverrideData | None
    is_asked: bool
    block: ProjectBlockSettings | None
    is_block_done: bool
    stopped: bool
    members: frozenset[int]
    has_coach: bool
    one_person: bool
    names: Mapping[int, str]
    rules: CourseRulesData
    today: date
    checklist: tuple[CheckItem, ...]
    in_block: bool

    @property
    def can_change(self) -> bool:
        """Whether this person may enter something now."""
        return self.reader.member and self.project.ended_on is None

    @property
    def charter(self) -> EntryData | None:
        """The charter, None before it is written."""
        return next(iter(self.entries[Kind.CHARTER]), None)

    def entry(self, entry_id: UUID | str) -> EntryData | None:
        """Return an entry that is not removed."""
        wanted = str(entry_id)
        return next((each for rows in self.entries.values() for each in rows if str(each.id) == wanted), None)

    def name(self, user_id: int | None) -> str:
        """Return what a person is called; empty for nobody and for who is forgotten."""
        return self.names.get(user_id, "") if user_id is not None else ""


def show_project(*, project_id: UUID, user_id: int, course_key: CourseKey) -> Shown:
    """Return the project as this person sees it in this run; the number of queries does not grow with what is in it.

    Raises:
        UnknownProject: there is none for this person in this run.
    """
    row = _rows(course_key).filter(id=project_id).first()
    if row is None:
        raise UnknownProject
    return _shown(row, user_id, course_key)


def show_own(*, user_id: int, course_key: CourseKey, usage_key: UsageKey | None = None) -> Shown:
    """Return the project of the person's firm, which begins with the first look, or comes along into this run.

    Args:
        user_id: the person.
        course_key: the run.
        usage_key: of a block, for `Shown.block` and `Shown.is_block_done`.

    Raises:
        NotAllowedInProject: the person is no learner of the run with a firm.
    """
    own = companies.company_now(user_id=user_id, course_key=course_key)
    rows = list(_rows(course_key, user_id, usage_key).filter(company_id__in=own).order_by("number"))
    row = next((each for each in rows if each.ended_on is None), rows[-1] if rows else None)
    if row is None or not row.is_here:
        begun = open_project(user_id=user_id, course_key=course_key)
        row = _rows(course_key, user_id, usage_key).get(id=begun.id)
    shown = _shown(row, user_id, course_key, in_block=usage_key is not None)
    if not shown.reader.member:
        raise NotAllowedInProject
    return shown


def _rows(course_key: CourseKey, user_id: int = 0, usage_key: UsageKey | None = None) -> QuerySet[Any]:
    """Return projects, each with what stands beside its row about this run, this block and this person."""
    rules = CourseRules.objects.filter(course_key=course_key)
    blocks = ProjectBlock.objects.filter(usage_key=usage_key) if usage_key else ProjectBlock.objects.none()
    return Project.objects.select_related("company").annotate(
        is_here=Exists(ProjectRun.objects.filter(project=OuterRef("pk"), course_key=course_key)),
        is_set=Exists(LightOverride.objects.filter(project=OuterRef("pk"), ended_at=None)),
        is_asked=Exists(GateRequest.objects.filter(project=OuterRef("pk"), state=GateRequest.State.OPEN)),
        is_self_checked=Exists(self_check.sent_for(company_id=OuterRef("company_id"))),
        is_done=Exists(BlockDone.objects.filter(block__in=blocks, user_id=user_id)),
        thresholds=Subquery(rules.values("thresholds")[:1]),
        weeks=Subquery(rules.values("weeks")[:1]),
        frozen=Subquery(blocks.values("settings")[:1]),
    )


def _shown(row: Any, user_id: int, course_key: CourseKey, *, in_block: bool = False) -> Shown:
    """Return a project of `_rows` as the person sees it; raises `UnknownProject` for who may not."""
    if not row.is_here:
        raise UnknownProject
    stays, coaching = companies.people_now(company_id=row.company_id)
    coaches = {coach for coach, run in coaching if run == course_key}
    reader = reader_among(row, user_id, course_key, stays=stays, coaches=coaches)
    if not reader.may_read:
        raise UnknownProject
    found = Entry.objects.filter(project_id=row.pk, removed_at=None).order_by("created_at", "id")
    entries = by_kind(entry_data(each) for each in found)
    override = override_of(project_id=row.pk) if row.is_set and not in_block else None
    members = frozenset(member for member, _run in stays)
    rules = CourseRulesData() if row.weeks is None else rules_from(row.thresholds, row.weeks)
    facts, day = from_json(Facts, row.facts), today()
    checked = checked_of(
        entries,
        trade=bool(row.company.trade and row.company.size_class),
        coach=bool(coaches),
        report=bool(entries[Kind.REPORT]),
        self_check=row.is_self_checked,
    )
    return Shown(
        project=project_data(row),
        company=row.company.name,
        reader=reader,
        user_id=user_id,
        course_key=course_key,
        entries=entries,
        facts=facts,
        findings=tuple(from_json(Finding, each) for each in row.findings),
        override=override,
        is_asked=row.is_asked,
        block=None if row.frozen is None else from_json(ProjectBlockSettings, row.frozen),
        is_block_done=row.is_done,
        stopped=row.stopped,
        members=members,
        has_coach=bool(coaches),
        one_person=companies.is_solo(size_class=row.company.size_class),
        names=host().names(_people(entries, members, override)),
        rules=rules,
        today=day,
        in_block=in_block,
        checklist=()
        if facts.gate is None
        else gates.checklist(Gate(facts.gate), facts, checked, day, rules.thresholds),
    )


def _people(entries: ByKind, members: frozenset[int], override: OverrideData | None) -> set[int]:
    rows = [entry for kept in entries.values() for entry in kept]
    named = {
        *members,
        *(entry.content.get("person") for entry in rows),
        *(entry.author_id for entry in rows),
        *(entry.changed_by for entry in rows),
        override.set_by if override else None,
    }
    return {each for each in named if each is not None}


def names_of(*, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return what these people are called, in one query; nobody and who is forgotten are left out."""
    return host().names({each for each in user_ids if each is not None})

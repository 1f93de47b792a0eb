"""Two projects of one firm become one by hand: entries move with author, history and files, and each exists once.

After two firms were merged (`merging`), or a project was brought in beside another, both stand side by side. What there
can be only one of, such as a charter, waits in its place until somebody chooses; what refers to something that waits
waits with it. Gates and what was decided at them stay with the project that went through them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked

from .data import EntryData, Kind, ProjectData
from .days import today
from .entries import put_out
from .errors import HasEnded, NotAllowedInProject, StillThere, UnknownProject, UnknownProjectEntry
from .evaluation import look_again
from .fields import FieldKind
from .gates import end_open_requests
from .kinds import KINDS
from .models import Entry, Project, ProjectRun
from .permissions import reader_of
from .serializers import entry_data, project_data


@dataclass(frozen=True)
class SideBySide:
    """Two projects of a firm: ``kept`` goes on, ``other`` gives what it has and ends.

    ``waiting`` are the ids of entries of ``other`` that do not move by themselves, because there can be only one of
    them or so many, or because they refer to one that waits.
    """

    kept: ProjectData
    other: ProjectData
    entries: tuple[EntryData, ...]
    others: tuple[EntryData, ...]
    waiting: frozenset[UUID]


def other_projects(*, project_id: UUID, user_id: int, course_key: CourseKey) -> tuple[ProjectData, ...]:
    """Return the firm's other projects of this run that have not ended, for who may bring them together.

    Raises:
        UnknownProject, NotAllowed: see `side_by_side`.
    """
    kept = _allowed(project_id, user_id, course_key)
    rows = Project.objects.filter(company_id=kept.company_id, ended_on=None, runs__course_key=course_key)
    return tuple(project_data(row) for row in rows.exclude(id=project_id).order_by("number"))


def side_by_side(*, kept_id: UUID, other_id: UUID, user_id: int, course_key: CourseKey) -> SideBySide:
    """Return both projects with their entries.

    Args:
        kept_id: the project that goes on.
        other_id: the one that ends.
        user_id: a member of the firm, or a coordinator of the run.
        course_key: the run.

    Raises:
        UnknownProject: one of them is none of this firm in this run.
        NotAllowedInProject: the person only reads them.
    """
    kept, other = _pair(kept_id, other_id, user_id, course_key)
    entries, others = _entries(kept), _entries(other)
    return SideBySide(
        kept=project_data(kept),
        other=project_data(other),
        entries=tuple(map(entry_data, entries)),
        others=tuple(map(entry_data, others)),
        waiting=frozenset(each.pk for each in _waiting(entries, others)),
    )


def take_over(
    *,
    kept_id: UUID,
    other_id: UUID,
    user_id: int,
    course_key: CourseKey,
    entry_ids: Collection[UUID] | None = None,
) -> int:
    """Move entries into the kept project with all that they were, and return how many.

    Args:
        kept_id: the project that goes on.
        other_id: the one that ends.
        user_id: a member of the firm, or a coordinator of the run.
        course_key: the run.
        entry_ids: these, and what refers to them stays until it is moved too; None for all that do not wait.

    Raises:
        UnknownProject, NotAllowed: see `side_by_side`.
        HasEnded: one of both has ended.
        UnknownProjectEntry: there is no such entry in the other project, or no room for it in the kept one.
    """
    with _changing(kept_id, other_id, user_id, course_key) as (kept, other):
        entries, others = _entries(kept), _entries(other)
        if entry_ids is None:
            waiting = {each.pk for each in _waiting(entries, others)}
            moved = [each for each in others if each.pk not in waiting]
        else:
            moved = [each for each in others if each.pk in entry_ids]
            if len(moved) < len(set(entry_ids)) or _without_room(entries, moved):
                raise UnknownProjectEntry
        _move(moved, kept, other)
    return len(moved)


def choose(*, kept_id: UUID, other_id: UUID, user_id: int, course_key: CourseKey, entry_id: UUID) -> None:
    """Choose between two of which there can be only one: the other one stays among what was removed.

    Args:
        kept_id: the project that goes on.
        other_id: the one that ends.
        user_id: a member of the firm, or a coordinator of the run.
        course_key: the run.
        entry_id: the one that holds, of either project.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `take_over`.
        UnknownProjectEntry: there is no such entry, or nothing to choose from.
    """
    with _changing(kept_id, other_id, user_id, course_key) as (kept, other):
        pairs = [
            (mine, theirs) for mine in _entries(kept) for theirs in _entries(other) if _place(mine) == _place(theirs)
        ]
        found = next((pair for pair in pairs if _place(pair[0]) and entry_id in (pair[0].pk, pair[1].pk)), None)
        if found is None:
            raise UnknownProjectEntry
        mine, theirs = found
        put_out(mine if entry_id == theirs.pk else theirs, user_id)
        _move([theirs], kept, other)


def end_other(*, kept_id: UUID, other_id: UUID, user_id: int, course_key: CourseKey) -> None:
    """End the other project, from which everything was taken over; its gates stay to be read.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `take_over`.
        StillThere: something in it still waits.
    """
    with _changing(kept_id, other_id, user_id, course_key) as (kept, other):
        if _entries(other):
            raise StillThere
        # What was removed in it moves too, so that all history is in one place.
        _move(list(other.entries.all()), kept, other)
        other.talks.update(project=kept)
        end_open_requests(other)
        other.ended_on = today()
        other.save(update_fields=["ended_on"])


@contextmanager
def _changing(kept_id: UUID, other_id: UUID, user_id: int, course_key: CourseKey) -> Iterator[tuple[Project, Project]]:
    """Hold both projects, and look at both again afterwards."""
    with transaction.atomic():
        list(locked(Project.objects).filter(id__in=[kept_id, other_id]).order_by("id"))
        kept, other = _pair(kept_id, other_id, user_id, course_key)
        if kept.ended_on is not None or other.ended_on is not None:
            raise HasEnded
        yield kept, other
        now = timezone.now()
        for row in (kept, other):
            look_again(row, now)


def _pair(kept_id: UUID, other_id: UUID, user_id: int, course_key: CourseKey) -> tuple[Project, Project]:
    kept = _allowed(kept_id, user_id, course_key)
    other = Project.objects.filter(id=other_id, company_id=kept.company_id).exclude(id=kept_id).first()
    if other is None or not ProjectRun.objects.filter(project=other, course_key=course_key).exists():
        raise UnknownProject
    return kept, other


def _allowed(project_id: UUID, user_id: int, course_key: CourseKey) -> Project:
    row = Project.objects.filter(id=project_id).first()
    if row is None:
        raise UnknownProject
    reader = reader_of(row, user_id, course_key)
    if not reader.may_read:
        raise UnknownProject
    if not reader.member and not companies.can_coordinate(user_id=user_id, course_key=course_key):
        raise NotAllowedInProject
    return row


def _entries(row: Project) -> list[Entry]:
    return list(row.entries.filter(removed_at=None).order_by("created_at", "id"))


def _place(entry: Entry) -> str:
    """Return what there can be only one of; empty for what there can be more of."""
    if entry.kind == Kind.REPORT.value:
        return f"report {entry.content['section']}"
    return entry.kind if KINDS[Kind(entry.kind)].most == 1 else ""


def _waiting(entries: list[Entry], others: list[Entry]) -> list[Entry]:
    found = _without_room(entries, others)
    while True:
        waiting = {str(each.pk) for each in found}
        more = [each for each in others if str(each.pk) not in waiting and waiting & set(_named(each))]
        if not more:
            return found
        found += more


def _without_room(entries: list[Entry], moved: list[Entry]) -> list[Entry]:
    """Return which of the entries do not fit: another stands in their place, or there would be too many."""
    taken = {_place(each) for each in entries} - {""}
    crowded = {
        kind
        for kind in Kind
        if sum(1 for each in [*entries, *moved] if each.kind == kind.value) > KINDS[kind].most
        and any(each.kind == kind.value for each in entries)
    }
    return [each for each in moved if _place(each) in taken or Kind(each.kind) in crowded]


def _named(entry: Entry) -> Iterable[str]:
    for field in KINDS[Kind(entry.kind)].fields:
        value = entry.content.get(field.key)
        if field.kind is FieldKind.ENTRY and value:
            yield value
        if field.kind is FieldKind.ENTRIES:
            yield from value or ()


def _move(entries: Iterable[Entry], kept: Project, other: Project) -> None:
    """Let entries belong to the kept project; where they came from first stays known."""
    ids = [each.pk for each in entries]
    rows = other.entries.filter(id__in=ids)
    rows.filter(origin=None).update(origin=other.pk)
    rows.update(project=kept)

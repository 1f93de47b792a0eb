"""Entries of a project: added, changed, removed and brought back, each with its author and every earlier version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence

from .content import Content, checked
from .data import EntryData, EntryHistory, EntryVersionData, Kind
from .errors import NotAllowedInProject, StaleEntry, TooManyEntries, UnknownProjectEntry
from .evaluation import look_again
from .fields import FieldKind
from .kinds import KINDS
from .models import Entry, EntryVersion, Project
from .projects import changing
from .serializers import entry_data


def entries_of(*, project_id: UUID, kinds: Collection[Kind] | None = None) -> tuple[EntryData, ...]:
    """Return the project's entries that are not removed, in the order in which they were made, in one query."""
    rows = Entry.objects.filter(project_id=project_id, removed_at=None)
    if kinds is not None:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    return tuple(entry_data(row) for row in rows.order_by("created_at", "id"))


def add_entry(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    kind: Kind,
    content: Mapping[str, Any],
    entry_id: UUID | None = None,
) -> EntryData:
    """Enter something.

    Args:
        project_id: the project.
        user_id: who enters it.
        course_key: the run in which the person works on the project.
        kind: what it is.
        content: see `content.checked`.
        entry_id: given by the device that keeps entries without network: sent twice, it is entered once.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongContent: something does not fit.
        TooManyEntries: there are as many of the kind as there may be.
        UnknownProjectEntry: the id belongs to something else.
    """
    with changing(project_id, user_id, course_key) as project:
        _must_be_members(kind)
        if entry_id is not None:
            there = Entry.objects.filter(id=entry_id).first()
            if there is not None:
                if (there.project_id, there.author_id, there.kind) != (project.id, user_id, kind.value):
                    raise UnknownProjectEntry
                return entry_data(there)
        return add_entry_by(project, user_id, kind, content, entry_id)


def add_entries(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    entries: Iterable[tuple[UUID, Kind, Mapping[str, Any]]],
    look: bool = True,
) -> None:
    """Enter several things at once, all or none of them; the lights are looked at once.

    Args:
        project_id: the project.
        user_id: who enters them.
        course_key: the run in which the person works on the project.
        entries: id, kind and content of each; a later one may refer to an earlier one.
        look: False for who enters a whole history and looks at the lights when all of it is there.

    Raises:
        UnknownProject, NotAllowed, HasEnded, WrongContent, TooMuch: see `add_entry`.
    """
    with changing(project_id, user_id, course_key) as project:
        for entry_id, kind, content in entries:
            _insert(project, user_id, kind, content, entry_id)
        if look:
            look_again(project, timezone.now())


def add_entry_by(
    project: Project, user_id: int, kind: Kind, content: Mapping[str, Any], entry_id: UUID | None = None
) -> EntryData:
    """Enter something for somebody who may, into a project that the caller holds; see `add_entry`."""
    row = _insert(project, user_id, kind, content, entry_id or uuid4())
    look_again(project, row.created_at)
    return entry_data(row)


def change_entry(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    entry_id: UUID,
    revision: int,
    content: Mapping[str, Any],
) -> EntryData:
    """Change an entry; what is the same as before changes nothing.

    Args:
        project_id: the project.
        user_id: who changes it.
        course_key: the run in which the person works on the project.
        entry_id: one of its entries.
        revision: of the entry as the person had read it.
        content: the whole content, see `content.checked`.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: it is gone.
        StaleEntry: somebody has changed it since; nothing was changed now.
        WrongContent: something does not fit.
    """
    with changing(project_id, user_id, course_key) as project:
        row = _row(project, entry_id)
        return change_entry_by(project, user_id, row, content, revision)


def remove_entry(*, project_id: UUID, user_id: int, course_key: CourseKey, entry_id: UUID, revision: int) -> None:
    """Take an entry out; `bring_back_entry` puts it back. What refers to it keeps the reference.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: it is gone.
        StaleEntry: somebody has changed it since; it stays.
    """
    with changing(project_id, user_id, course_key) as project:
        row = _row(project, entry_id)
        if row.revision != revision:
            raise StaleEntry(entry_data(row))
        _change(row, user_id, removed_at=timezone.now())
        look_again(project, row.changed_at)


def bring_back_entry(*, project_id: UUID, user_id: int, course_key: CourseKey, entry_id: UUID) -> EntryData:
    """Put a removed entry back; one that is there stays as it is.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: there never was one.
        TooManyEntries: there are as many of the kind as there may be.
    """
    with changing(project_id, user_id, course_key) as project:
        row = project.entries.filter(id=entry_id).first()
        if row is None:
            raise UnknownProjectEntry
        _must_be_members(Kind(row.kind))
        if row.removed_at is not None:
            if project.entries.filter(kind=row.kind, removed_at=None).count() >= KINDS[Kind(row.kind)].most:
                raise TooManyEntries
            _change(row, user_id, removed_at=None)
            look_again(project, row.changed_at)
    return entry_data(row)


def removed_entries(*, project_id: UUID) -> tuple[EntryData, ...]:
    """Return what was taken out of the project, the last first."""
    rows = Entry.objects.filter(project_id=project_id, removed_at__isnull=False)
    return tuple(entry_data(row) for row in rows.order_by("-removed_at", "id")[:200])


def versions_of(*, project_id: UUID, entry_id: UUID) -> tuple[EntryVersionData, ...]:
    """Return how an entry was, the oldest first, the present one last.

    Raises:
        UnknownProjectEntry: the project has no such entry.
    """
    row = Entry.objects.filter(id=entry_id, project_id=project_id).prefetch_related("versions").first()
    if row is None:
        raise UnknownProjectEntry
    return _versions(row)


def histories_of(*, project_id: UUID, kinds: Collection[Kind] | None = None) -> tuple[EntryHistory, ...]:
    """Return all entries with all that they were, also removed ones, in the order in which they were made.

    Two queries, however many there are.
    """
    rows = Entry.objects.filter(project_id=project_id).prefetch_related("versions").order_by("created_at", "id")
    if kinds is not None:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    return tuple(EntryHistory(entry_data(row), _versions(row)) for row in rows)


def _versions(row: Entry) -> tuple[EntryVersionData, ...]:
    earlier = sorted(row.versions.all(), key=lambda version: version.revision)
    return (
        *(
            EntryVersionData(
                each.revision, each.content, each.changed_by_id, each.changed_at, each.removed, each.changed_label
            )
            for each in earlier
        ),
        EntryVersionData(
            row.revision,
            row.content,
            row.changed_by_id,
            row.changed_at,
            row.removed_at is not None,
            row.changed_label,
        ),
    )


def change_entry_by(project: Project, user_id: int, row: Entry, content: Mapping[str, Any], revision: int) -> EntryData:
    """Change an entry for somebody who may, in a project that the caller holds; see `change_entry`."""
    kind = Kind(row.kind)
    kept = _with_own(kind, row.content, _checked(project, kind, content, row.content))
    if kept != row.content:
        if row.revision != revision:
            raise StaleEntry(entry_data(row))
        _change(row, user_id, content=kept)
        look_again(project, row.changed_at)
    return entry_data(row)


def put_out(row: Entry, user_id: int) -> None:
    """Take an entry out of a project that the caller holds and looks at again; see `remove_entry`."""
    _change(row, user_id, removed_at=timezone.now())


def _must_be_members(kind: Kind) -> None:
    if KINDS[kind].by_staff:
        raise NotAllowedInProject


def _insert(project: Project, user_id: int, kind: Kind, content: Mapping[str, Any], entry_id: UUID) -> Entry:
    kept = _checked(project, kind, content)
    if project.entries.filter(kind=kind.value, removed_at=None).count() >= KINDS[kind].most:
        raise TooManyEntries
    now = timezone.now()
    return Entry.objects.create(
        id=entry_id,
        project=project,
        kind=kind.value,
        content=_with_own(kind, {}, kept),
        person_id=kept.get("person"),
        author_id=user_id,
        created_at=now,
        changed_by_id=user_id,
        changed_at=now,
    )


def _row(project: Project, entry_id: UUID) -> Entry:
    row: Entry | None = project.entries.filter(id=entry_id, removed_at=None).first()
    if row is None:
        raise UnknownProjectEntry
    _must_be_members(Kind(row.kind))
    return row


def _change(row: Entry, user_id: int, **values: Content | datetime | None) -> None:
    """Keep the entry as it was, and write what is new."""
    EntryVersion.objects.create(
        entry=row,
        revision=row.revision,
        content=row.content,
        removed=row.removed_at is not None,
        person_id=row.person_id,
        changed_by_id=row.changed_by_id,
        changed_label=row.changed_label,
        changed_at=row.changed_at,
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.person_id = row.content.get("person")
    row.revision, row.changed_by_id, row.changed_at = row.revision + 1, user_id, timezone.now()
    row.changed_label = ""
    row.save(update_fields=[*values, "person", "revision", "changed_by", "changed_label", "changed_at"])


def _checked(
    project: Project, kind: Kind, content: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> Content:
    """Return the content as it is kept.

    What an entry named before it was changed it may go on naming: a person who has left, an entry that is removed.
    """
    before = before or {}
    fields = KINDS[kind].fields
    needs_entries = any(field.kind in (FieldKind.ENTRY, FieldKind.ENTRIES) for field in fields)
    rows = project.entries.filter(removed_at=None) if needs_entries else Entry.objects.none()
    entries = {each: Kind(name) for each, name in rows.values_list("id", "kind")}
    named = {
        UUID(each)
        for field in fields
        if field.kind in (FieldKind.ENTRY, FieldKind.ENTRIES)
        for each in _as_list(before.get(field.key))
    } - entries.keys()
    if named:
        entries |= {each: Kind(name) for each, name in project.entries.filter(id__in=named).values_list("id", "kind")}
    people = {before[field.key] for field in fields if field.kind is FieldKind.PERSON and field.key in before}
    if any(field.kind is FieldKind.PERSON for field in fields):
        people |= companies.member_ids(company_id=project.company_id)
    kept = checked(kind, content, entries, people)
    _must_have_files(project, kind, kept, before)
    return kept


def _must_have_files(project: Project, kind: Kind, kept: Content, before: Mapping[str, Any]) -> None:
    for field in KINDS[kind].fields:
        if field.kind is FieldKind.FILES and kept.get(field.key):
            there = {str(file.id) for file in evidence.files_of(subject=project.id)} | set(before.get(field.key, []))
            kept[field.key] = [each for each in kept[field.key] if each in there]


def _as_list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _with_own(kind: Kind, before: Mapping[str, Any], kept: Content) -> Content:
    """Add what the room writes itself: when a milestone was planned at first, and how often it was moved since."""
    if kind is not Kind.MILESTONE:
        return kept
    moved = before.get("moved", 0) + (1 if before and before["due"] != kept["due"] else 0)
    return {**kept, "original": before.get("original", kept["due"]), "moved": moved}

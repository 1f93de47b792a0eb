"""The only door to the gallery.

Whether somebody takes part in the course run is the caller's to ask (`companies.api`); whose entry is whose is known
here.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Audience
from iciinsmes.companies.api import can_grade, can_work, companies_by_id
from iciinsmes.lib.paging import page_of
from iciinsmes.subjects import Subject

from .data import EntryPage, GalleryEntryData
from .errors import NoReason, UnknownGalleryEntry
from .models import GalleryEntry, GalleryPerson

__all__ = [
    "add",
    "entries",
    "hide",
    "may_open_shown_file",
    "name_company",
    "own_entries",
    "show",
    "show_again",
]

#: Entries of a page.
PAGE = 12
_SHOWN = Q(taken_out_at=None, hidden_at=None)


def add(*, round_id: UUID) -> None:
    """Take a round that has just passed into the gallery, if its learner chose that; may be called twice."""
    data = assignments.grading(round_id=round_id)
    row = data.round
    if row.audience is not Audience.GALLERY:
        return
    course_key = data.version.course_key
    with transaction.atomic():
        entry, created = GalleryEntry.objects.get_or_create(
            shared_id=row.shared_id,
            defaults={
                "round_id": row.id,
                "course_key": course_key,
                "usage_key": data.version.usage_key,
                "company_id": row.company_id,
            },
        )
        if created:
            people = row.member_ids or (data.owner_id,)
            GalleryPerson.objects.bulk_create(GalleryPerson(entry=entry, user_id=user_id) for user_id in people)


def entries(
    *,
    course_key: CourseKey,
    reader_id: int,
    usage_key: UsageKey | None = None,
    after: int | None = None,
    with_hidden: bool = False,
) -> EntryPage:
    """Return what is shown in the course run, newest first; the same number of queries for any length.

    Args:
        course_key: the course run.
        reader_id: who looks.
        usage_key: only what answers this block.
        after: `EntryPage.next_after` of the page before.
        with_hidden: whether to list what the staff has hidden as well.
    """
    rows = GalleryEntry.objects.filter(course_key=course_key, taken_out_at=None)
    if not with_hidden:
        rows = rows.filter(_SHOWN)
    if usage_key is not None:
        rows = rows.filter(usage_key=usage_key)
    page, is_more = page_of(rows, "-id", after=None if after is None else (after,), limit=PAGE)
    return EntryPage(entries=_data(page, reader_id), next_after=page[-1].id if is_more else None)


def own_entries(*, course_key: CourseKey, user_id: int) -> tuple[GalleryEntryData, ...]:
    """Return what the person shows or has taken out, and what of it the staff has hidden, newest first."""
    rows = GalleryEntry.objects.filter(course_key=course_key, people__user_id=user_id).order_by("-id")
    return _data(list(rows), user_id)


def show(*, entry_id: int, course_key: CourseKey, user_id: int, shown: bool) -> None:
    """Take an own entry out of the gallery, or put it back; one that the staff has hidden stays hidden.

    Raises:
        UnknownGalleryEntry: the person has no such entry in this course run.
    """
    entry = _own(entry_id, course_key, user_id)
    entry.taken_out_at = None if shown else timezone.now()
    entry.save(update_fields=["taken_out_at"])


def name_company(*, entry_id: int, course_key: CourseKey, user_id: int, named: bool) -> None:
    """Let the gallery name the firm of an own entry, or not any more.

    Raises:
        UnknownGalleryEntry: the person has no such entry in this course run.
    """
    entry = _own(entry_id, course_key, user_id)
    entry.company_named = named
    entry.save(update_fields=["company_named"])


def hide(*, entry_id: int, course_key: CourseKey, by_id: int, reason: str) -> None:
    """Hide an entry from everybody but the staff and who did it; they read the reason.

    Args:
        entry_id: the entry.
        course_key: its course run.
        by_id: who of the staff hides it.
        reason: why; its first 500 characters are kept.

    Raises:
        UnknownGalleryEntry: there is none in this course run.
        NoReason: the reason is missing.
    """
    if not reason.strip():
        raise NoReason
    changed = GalleryEntry.objects.filter(id=entry_id, course_key=course_key).update(
        hidden_at=timezone.now(), hidden_by_id=by_id, hidden_reason=reason.strip()[:500]
    )
    if not changed:
        raise UnknownGalleryEntry(str(entry_id))


def show_again(*, entry_id: int, course_key: CourseKey) -> None:
    """Show what the staff has hidden, unless the learner has taken it out.

    Raises:
        UnknownGalleryEntry: there is none in this course run.
    """
    changed = GalleryEntry.objects.filter(id=entry_id, course_key=course_key).update(
        hidden_at=None, hidden_by=None, hidden_reason=""
    )
    if not changed:
        raise UnknownGalleryEntry(str(entry_id))


def may_open_shown_file(*, user_id: int, evidence_id: UUID, owner_id: int, subject: Subject) -> bool | None:
    """Tell `evidence` that who takes part in the course run may open a file of something that is shown there."""
    of_task = GalleryEntry.objects.filter(round__work__assignment__works__subject=subject.id)
    rows = of_task.filter(_SHOWN, people__user_id=owner_id)
    rounds = assignments.rounds_by_id(round_ids=[row.round_id for row in rows])
    if not any(file.id == evidence_id for row in rounds.values() for file in row.files):
        return None
    takes_part = can_work(user_id=user_id, course_key=subject.course_key) or can_grade(
        user_id=user_id, course_key=subject.course_key
    )
    return True if takes_part else None


def _own(entry_id: int, course_key: CourseKey, user_id: int) -> GalleryEntry:
    entry = GalleryEntry.objects.filter(id=entry_id, course_key=course_key, people__user_id=user_id).first()
    if entry is None:
        raise UnknownGalleryEntry(str(entry_id))
    return entry


def _data(rows: Iterable[GalleryEntry], reader_id: int) -> tuple[GalleryEntryData, ...]:
    rows = list(rows)
    rounds = assignments.rounds_by_id(round_ids=[row.round_id for row in rows])
    held = companies_by_id(company_ids={row.company_id for row in rows if row.company_id is not None})
    people = GalleryPerson.objects.filter(entry__in=rows, user_id=reader_id)
    own = set(people.values_list("entry_id", flat=True))
    return tuple(
        GalleryEntryData(
            id=row.id,
            usage_key=row.usage_key,
            round=rounds[row.round_id],
            company=held.get(row.company_id or 0),
            company_named=row.company_named,
            is_own=row.id in own,
            since=row.created_at,
            taken_out=row.taken_out_at is not None,
            hidden_reason=row.hidden_reason,
        )
        for row in rows
        if row.round_id in rounds
    )

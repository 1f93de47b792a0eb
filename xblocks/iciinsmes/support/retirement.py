"""What the directory keeps about one person: handed out, taken out of what others use, and dropped when it is old.

Contact persons of offers have no account here: they are third parties, known by their work. Their names go when nobody
has checked an entry for long, and whoever edits it can clear them at any time; a history never repeats them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import SupportBlockDone, SupportChange, SupportContact, SupportEditor, SupportEntry, SupportImport
from .serializers import CONTACT


def courses_of(*, user_id: int) -> Collection[CourseKey]:
    """Return the course runs in which the person has logged a contact or done a block."""
    contacts = SupportContact.objects.filter(user_id=user_id).values_list("course_key", flat=True)
    blocks = SupportBlockDone.objects.filter(user_id=user_id).values_list("block__course_key", flat=True)
    return {key for key in (*contacts.distinct(), *blocks) if key is not None}


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return whom the person has asked and what came of it; for all runs also what was edited in the directory.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    blocks = _blocks(user_id, course_key).select_related("block").order_by("id")
    tables: dict[str, Any] = {
        "support_contacts": _contacts(_contacts_of(user_id, course_key)),
        "support_blocks": ({"block": str(row.block.usage_key), "done_at": row.done_at} for row in blocks.iterator()),
    }
    if course_key is None:
        areas = SupportEditor.objects.filter(user_id=user_id).order_by("id")
        changes = SupportChange.objects.filter(author_id=user_id).select_related("entry").order_by("id")
        checked = SupportEntry.objects.filter(checker_id=user_id).order_by("name", "id")
        imports = SupportImport.objects.filter(owner_id=user_id).order_by("created_at")
        tables |= {
            "support_areas": (
                {"country": row.country, "region": row.region, "given_at": row.given_at} for row in areas.iterator()
            ),
            "support_changes": (
                {"entry": row.entry.name, "at": row.at, "action": row.action, "changes": row.changes}
                for row in changes.iterator()
            ),
            "support_checked": ({"entry": row.name, "on": row.last_checked} for row in checked.iterator()),
            "support_imports": ({"sent_at": row.created_at, "done_at": row.confirmed_at} for row in imports.iterator()),
        }
    return PersonalData(tables=tables)


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out: contacts of a firm stay the firm's without a name, and entries stay as they are.

    Args:
        user_id: the person.
        course_key: only this course run; None for all, and for what was edited in the directory.
    """
    with transaction.atomic():
        contacts = _contacts_of(user_id, course_key)
        contacts.filter(company=None).delete()
        contacts.update(user=None)
        _blocks(user_id, course_key).delete()
        if course_key is None:
            SupportEditor.objects.filter(user_id=user_id).delete()
            SupportImport.objects.filter(owner_id=user_id).delete()
            SupportChange.objects.filter(author_id=user_id).update(author=None)
            SupportEntry.objects.filter(checker_id=user_id).update(checker=None, checked_by="")


def expire_imports(*, before: datetime, dry_run: bool = False) -> int:
    """Remove tables that were sent before this moment, return how many; ``dry_run`` only counts."""
    return _expire(SupportImport.objects.filter(created_at__lt=before), dry_run)


def expire_history(*, before: datetime, dry_run: bool = False) -> int:
    """Remove lines of histories of before this moment, return how many; ``dry_run`` only counts."""
    return _expire(SupportChange.objects.filter(at__lt=before), dry_run)


def expire_contacts(*, before: datetime, dry_run: bool = False) -> int:
    """Remove whom firms asked before this moment, return how often; ``dry_run`` only counts."""
    return _expire(SupportContact.objects.filter(contacted_at__lt=before), dry_run)


def expire_people(*, before: datetime, dry_run: bool = False) -> int:
    """Take contact persons out of entries that nobody has checked since, return of how many; ``dry_run`` counts."""
    named = Q()
    for name in CONTACT:
        named |= ~Q(**{name: ""})
    rows = SupportEntry.objects.filter(named, seen_on__lt=before.date())
    if dry_run:
        return rows.count()
    return rows.update(**dict.fromkeys(CONTACT, ""))


def _expire(rows: QuerySet[Any], dry_run: bool) -> int:
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _contacts_of(user_id: int, course_key: CourseKey | None) -> QuerySet[SupportContact]:
    rows = SupportContact.objects.filter(user_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _blocks(user_id: int, course_key: CourseKey | None) -> QuerySet[SupportBlockDone]:
    rows = SupportBlockDone.objects.filter(user_id=user_id)
    return rows if course_key is None else rows.filter(block__course_key=course_key)


def _contacts(rows: QuerySet[SupportContact]) -> Iterator[Mapping[str, Any]]:
    for row in rows.select_related("entry").order_by("contacted_at", "id").iterator():
        yield {
            "course": str(row.course_key),
            "entry": row.entry.name,
            "stage": row.stage,
            "contacted_at": row.contacted_at,
            "answered": row.answered,
            "helped": row.helped,
        }

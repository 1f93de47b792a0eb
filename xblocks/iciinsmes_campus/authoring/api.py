"""The only door to authors' changes: what was changed in the browser, by whom, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.signals import request_started
from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.personal_data import PersonalData
from iciinsmes_campus.courseware import api as courseware

from .data import ChangeData
from .models import BlockOverlay
from .sync import announce, catch_up, load

__all__ = ["ChangeData", "changes", "discard", "export_person", "forget_person", "load", "start"]


def start() -> None:
    """Take part in this process: keep what authors save, and follow what they save in other processes."""
    courseware.on_author_save(_keep)
    request_started.connect(catch_up, dispatch_uid="iciinsmes_campus.authoring")


def changes(course_key: CourseKey) -> tuple[ChangeData, ...]:
    """Return the changed blocks of the course run in the order of the course, those without a place last; one query."""
    rows = BlockOverlay.objects.filter(course_key=course_key).select_related("author").order_by("id")
    found = [_data(row) for row in rows]
    try:
        order = {node.usage_key: place for place, node in enumerate(courseware.course(course_key).root.walk())}
    except courseware.UnknownCourse:
        order = {}
    return tuple(sorted(found, key=lambda change: order.get(change.usage_key, len(order))))


def discard(usage_key: UsageKey) -> bool:
    """Show the block as the course folder has it again; tell whether there was a change to discard."""
    with transaction.atomic():
        deleted, _rows = BlockOverlay.objects.filter(usage_key=usage_key).delete()
        _tell()
    return bool(deleted)


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return which blocks of courses the person changed last; the texts belong to the course.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    rows = _changed_by(user_id, course_key).order_by("id").values_list("usage_key", "updated_at")
    return PersonalData(tables={"changed_blocks": ({"where": str(key), "at": at} for key, at in rows.iterator())})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out of what the person changed; the texts stay with the course."""
    _changed_by(user_id, course_key).update(author=None)


def _changed_by(user_id: int, course_key: CourseKey | None) -> QuerySet[BlockOverlay]:
    rows = BlockOverlay.objects.filter(author_id=user_id)
    return rows if course_key is None else rows.filter(course_key=course_key)


def _keep(*, usage_key: UsageKey, fields: Mapping[str, Any], author_id: int) -> None:
    """Keep what an author saved; a block that is as in the folder again needs no row."""
    if fields:
        BlockOverlay.objects.update_or_create(
            usage_key=usage_key,
            defaults={"course_key": usage_key.course_key, "fields": dict(fields), "author_id": author_id},
        )
    else:
        BlockOverlay.objects.filter(usage_key=usage_key).delete()
    _tell()


def _tell() -> None:
    """Show the change everywhere once it is committed: here at once, in other processes with their next request."""
    # A full disk must not make a saved change look like a failed one; it is logged.
    transaction.on_commit(announce, robust=True)
    transaction.on_commit(load)


def _data(row: BlockOverlay) -> ChangeData:
    key = row.usage_key
    assert key is not None  # noqa: S101 - the column is never empty
    try:
        way = courseware.path_to(key)
    except courseware.UnknownBlock:
        way = ()
    return ChangeData(
        usage_key=key,
        title=(way[-1].display_name if way else "") or key.block_id,
        way=tuple(node.display_name for node in way[1:-1]),
        author=(row.author.get_full_name() or row.author.get_username()) if row.author else "",
        updated_at=row.updated_at,
    )

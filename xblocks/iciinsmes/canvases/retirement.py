"""What this room keeps about one person: handed out and removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData

from .models import Canvas, CanvasCard, CanvasVersion


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's canvases, their cards and versions, and cards last changed on canvases of colleagues.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    rows, cards, versions = Canvas.objects.all(), CanvasCard.objects.all(), CanvasVersion.objects.all()
    if course_key is not None:
        rows = rows.filter(course_key=course_key)
        cards = cards.filter(canvas__course_key=course_key)
        versions = versions.filter(canvas__course_key=course_key)
    return PersonalData(
        tables={
            "canvases": _canvases(rows.filter(owner_id=user_id)),
            "canvas_cards": _cards(cards.filter(canvas__owner_id=user_id) | cards.filter(changed_by_id=user_id)),
            "canvas_versions": _versions(versions.filter(canvas__owner_id=user_id)),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove the person's canvases; one on which colleagues have worked goes over to the last of them.

    On what stays, the person's name is taken off; its words are the firm's.
    """
    mine = {} if course_key is None else {"canvas__course_key": course_key}
    own = Canvas.objects.filter(owner_id=user_id, **({} if course_key is None else {"course_key": course_key}))
    for canvas in own.filter(shared_with_company=True):
        others = canvas.cards.exclude(changed_by=None).exclude(changed_by_id=user_id).order_by("-changed_at")
        heir = others.values_list("changed_by_id", flat=True).first()
        if heir is not None:
            Canvas.objects.filter(pk=canvas.pk).update(owner_id=heir)
    own.delete()
    CanvasCard.objects.filter(changed_by_id=user_id, **mine).update(changed_by=None)
    CanvasVersion.objects.filter(made_by_id=user_id, **mine).update(made_by=None)


def _canvases(rows: QuerySet[Canvas]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at").iterator():
        yield {
            "course": str(row.course_key),
            "canvas": str(row.pk),
            "instrument": row.instrument,
            "title": row.title,
            "shared_with_company": row.shared_with_company,
            "shared_with_staff": row.shared_with_staff,
            "since": row.created_at,
        }


def _cards(rows: QuerySet[CanvasCard]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("canvas_id", "position").iterator():
        yield {
            "canvas": str(row.canvas_id),
            "place": row.place,
            "values": row.values,
            "changed_at": row.changed_at,
            "removed_at": row.removed_at,
        }


def _versions(rows: QuerySet[CanvasVersion]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("canvas_id", "number").iterator():
        yield {
            "canvas": str(row.canvas_id),
            "number": row.number,
            "cards": row.cards,
            "note": row.note,
            "made_at": row.made_at,
        }

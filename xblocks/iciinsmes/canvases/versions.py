"""Versions: all cards of a canvas as they were, kept and brought back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.platform import host

from .canvases import changing, living, readable
from .data import CanvasVersionData
from .errors import TooManyCards, UnknownVersion
from .models import Canvas, CanvasCard, CanvasVersion
from .serializers import version_data

MAX_VERSIONS = 50


def save_version(*, canvas_id: UUID, user_id: int, note: str = "") -> CanvasVersionData:
    """Keep the cards as they are now, with a note of up to 200 characters.

    Raises:
        UnknownCanvas: there is none that the person may change.
        TooManyCards: the canvas has `MAX_VERSIONS` versions.
    """
    with changing(canvas_id, user_id) as canvas:
        return version_data(_keep(canvas, user_id, note))


def restore_version(*, canvas_id: UUID, user_id: int, number: int) -> None:
    """Bring the cards of a version back; the present ones are kept as a new version first.

    Raises:
        UnknownCanvas: there is none that the person may change.
        UnknownVersion: the canvas has no such version.
        TooManyCards: the canvas has `MAX_VERSIONS` versions.
    """
    with changing(canvas_id, user_id) as canvas:
        version = canvas.versions.filter(number=number).first()
        if version is None:
            raise UnknownVersion
        _keep(canvas, user_id, _("Before version %(number)s was brought back") % {"number": number})
        now = timezone.now()
        canvas.cards.filter(removed_at=None).update(removed_at=now)
        CanvasCard.objects.bulk_create(
            CanvasCard(
                canvas=canvas,
                place=card["place"],
                values=card["values"],
                position=position,
                change=canvas.change,
                changed_by_id=user_id,
                changed_at=now,
            )
            for position, card in enumerate(version.cards)
        )


def versions_of(*, canvas_id: UUID, reader_id: int) -> tuple[CanvasVersionData, ...]:
    """Return the versions of a canvas, newest first.

    Raises:
        UnknownCanvas: there is none that the person may read.
    """
    canvas = readable(canvas_id, reader_id)
    return tuple(version_data(row) for row in canvas.versions.order_by("-number"))


def _keep(canvas: Canvas, user_id: int, note: str) -> CanvasVersion:
    newest = canvas.versions.order_by("-number").values_list("number", flat=True).first() or 0
    if newest >= MAX_VERSIONS:
        raise TooManyCards
    kept = CanvasVersion.objects.create(
        canvas=canvas,
        number=newest + 1,
        cards=[{"place": card.place, "values": card.values} for card in living(canvas)],
        note=" ".join(note.split())[:200],
        made_by_id=user_id,
    )
    host().publish_event(
        "iciinsmes.canvas.version_kept",
        {"user_id": user_id, "canvas_id": str(canvas.id), "version": kept.number},
        canvas.course_key,
    )
    return kept

"""Canvases: made, found, shared, removed, and changed one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import company_of
from iciinsmes.toolbox import api as toolbox

from .data import CanvasData, OpenCanvas
from .drawn import drawn, drawn_instruments
from .errors import NoCanvas, TooManyCards, UnknownCanvas
from .models import Canvas, CanvasCard
from .permissions import is_in_company, may_edit, may_read, seen_by
from .serializers import canvas_data, card_data

#: Nobody needs more in one course run, and nobody may fill the database.
MAX_CANVASES = 50


def create_canvas(
    *, owner_id: int, course_key: CourseKey, instrument: str, title: str, shared_with_company: bool = False
) -> CanvasData:
    """Make an empty canvas; whether the person may work in the course run is the caller's to ask.

    Args:
        owner_id: the learner.
        course_key: the course run.
        instrument: key of an instrument with a canvas.
        title: what the learner calls it; its first 200 characters are kept, or the instrument's key for none.
        shared_with_company: whether colleagues may change it.

    Raises:
        NoCanvas: rows of the instrument are no cards.
        TooManyCards: the person has `MAX_CANVASES` in this course run.
    """
    if instrument not in {known.key for known in drawn_instruments()}:
        raise NoCanvas(instrument)
    if Canvas.objects.filter(owner_id=owner_id, course_key=course_key).count() >= MAX_CANVASES:
        raise TooManyCards
    company = company_of(user_id=owner_id, course_key=course_key)
    row = Canvas.objects.create(
        owner_id=owner_id,
        course_key=course_key,
        company_id=company.id if company else None,
        instrument=instrument,
        title=_title(title) or instrument,
        shared_with_company=shared_with_company and company is not None,
    )
    return canvas_data(row, owner_id, editable=True)


def canvases_of(*, user_id: int, course_key: CourseKey, instrument: str = "") -> tuple[CanvasData, ...]:
    """Return the person's canvases in the course run, last changed first, in two queries.

    Those are the own ones and what colleagues of the present firm share. Own ones of an earlier firm are only to read,
    and not there while that firm goes on with them. Whether the person may work there at all is
    the caller's to ask.
    """
    company = company_of(user_id=user_id, course_key=course_key)
    mine = Q(owner_id=user_id) & (Q(company_id=None) | Q(shared_with_company=False))
    if company is not None:
        mine |= Q(company_id=company.id) & (Q(owner_id=user_id) | Q(shared_with_company=True))
    rows = Canvas.objects.filter(mine, course_key=course_key)
    if instrument:
        rows = rows.filter(instrument=instrument)
    here = (None, company.id if company else None)
    return tuple(
        canvas_data(row, user_id, editable=row.company_id in here) for row in rows.order_by("-changed_at", "id")
    )


def find_canvas(*, canvas_id: UUID, reader_id: int | None) -> CanvasData:
    """Return a canvas, without its cards, for somebody who may read it.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    row = readable(canvas_id, reader_id)
    return canvas_data(row, reader_id or 0, editable=may_edit(row, reader_id))


def open_canvas(*, canvas_id: UUID, reader_id: int) -> OpenCanvas:
    """Return a canvas with its cards for somebody who may read it; the trail keeps who besides the owner did.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    row = readable(canvas_id, reader_id)
    if row.owner_id != reader_id:
        audit_log.record(
            course_key=row.course_key,
            verb="canvas_read",
            actor_id=reader_id,
            person_id=row.owner_id,
            subject=f"canvas:{row.id}",
        )
    instrument = drawn(row.instrument)
    cards = tuple(card_data(instrument, card) for card in living(row))
    return OpenCanvas(canvas_data(row, reader_id, editable=may_edit(row, reader_id)), cards)


def rename_canvas(*, canvas_id: UUID, user_id: int, title: str) -> None:
    """Give a canvas another name of up to 200 characters; an empty one changes nothing.

    Raises:
        UnknownCanvas: there is none that the person may change.
    """
    row = editable(canvas_id, user_id)
    if _title(title):
        Canvas.objects.filter(pk=row.pk).update(title=_title(title), changed_at=timezone.now())


def share_canvas(*, canvas_id: UUID, owner_id: int, for_company: bool, for_staff: bool) -> None:
    """Say who else may change it, colleagues of the firm, and who else may read it, coach and teachers.

    Nobody shares with a firm that has been left.

    Raises:
        UnknownCanvas: no such canvas of this person.
    """
    row = _own(canvas_id, owner_id)
    Canvas.objects.filter(pk=row.pk).update(
        shared_with_company=for_company and is_in_company(row), shared_with_staff=for_staff
    )


def remove_canvas(*, canvas_id: UUID, owner_id: int) -> None:
    """Remove a canvas with its cards and versions for good.

    Raises:
        UnknownCanvas: no such canvas of this person.
    """
    row = _own(canvas_id, owner_id)
    with transaction.atomic():
        audit_log.record(
            course_key=row.course_key, verb="canvas_removed", actor_id=owner_id, person_id=owner_id, subject="canvas"
        )
        row.delete()


def expire_canvases(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the canvases last changed before this moment and return how many; ``dry_run`` only counts them."""
    rows = Canvas.objects.filter(changed_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def readable(canvas_id: UUID, reader_id: int | None) -> Canvas:
    """Return the row of a canvas that the person may read.

    Raises:
        UnknownCanvas: there is none.
    """
    row = seen_by(reader_id).filter(pk=canvas_id).first()
    if row is None or not may_read(row, reader_id):
        raise UnknownCanvas
    return row


def editable(canvas_id: UUID, user_id: int | None) -> Canvas:
    """Return the row of a canvas that the person may change.

    Raises:
        UnknownCanvas: there is none.
    """
    row = seen_by(user_id).filter(pk=canvas_id).first()
    if row is None or not may_edit(row, user_id):
        raise UnknownCanvas
    return row


@contextmanager
def changing(canvas_id: UUID, user_id: int) -> Iterator[Canvas]:
    """Count a change of a canvas and hold everybody else off until it is done; an error takes all of it back.

    Raises:
        UnknownCanvas: there is none that the person may change.
    """
    row = editable(canvas_id, user_id)
    with transaction.atomic():
        # The first statement writes: SQLite has no row locks, and refuses to turn a reader into a writer.
        Canvas.objects.filter(pk=row.pk).update(change=F("change") + 1, changed_at=timezone.now())
        row.refresh_from_db(fields=["change", "changed_at"])
        yield row


def living(row: Canvas) -> list[CanvasCard]:
    """Return the cards that are not removed, in their order."""
    return list(row.cards.filter(removed_at=None).order_by("position", "pk"))


def _own(canvas_id: UUID, owner_id: int) -> Canvas:
    row = readable(canvas_id, owner_id)
    if row.owner_id != owner_id:
        raise UnknownCanvas
    return row


def _title(words: str) -> str:
    return toolbox.hide_people(words=" ".join(words.split()))[:200]

"""Tables of this room turned into what comes out of its door, and values as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iciinsmes.toolbox.data import Instrument, Value, value_from_json, value_to_json

from .data import CanvasData, CanvasVersionData, CardData
from .models import Canvas, CanvasCard, CanvasVersion


def canvas_data(row: Canvas, reader_id: int, *, editable: bool) -> CanvasData:
    """Return a canvas as the person may use it."""
    return CanvasData(
        id=row.id,
        owner_id=row.owner_id,
        course_key=row.course_key,
        company_id=row.company_id,
        instrument=row.instrument,
        title=row.title,
        shared_with_company=row.shared_with_company,
        shared_with_staff=row.shared_with_staff,
        change=row.change,
        created_at=row.created_at,
        changed_at=row.changed_at,
        is_own=row.owner_id == reader_id,
        may_edit=editable,
    )


def card_data(instrument: Instrument, row: CanvasCard) -> CardData:
    """Return a card."""
    return CardData(
        id=row.pk,
        place=row.place,
        values=values_from_json(instrument, row.values),
        revision=row.revision,
        change=row.change,
        changed_by=row.changed_by_id,
        changed_at=row.changed_at,
    )


def version_data(row: CanvasVersion) -> CanvasVersionData:
    """Return a version for a list."""
    return CanvasVersionData(row.number, row.note, len(row.cards), row.made_by_id, row.made_at)


def values_to_json(instrument: Instrument, values: Mapping[str, Value]) -> dict[str, Any]:
    """Write the values of a card; the place has a column of its own."""
    place = instrument.canvas.place if instrument.canvas else ""
    return {key: value_to_json(value) for key, value in values.items() if key != place}


def values_from_json(instrument: Instrument, data: Mapping[str, Any]) -> dict[str, Value]:
    """Read what `values_to_json` wrote; columns that the instrument no longer has are left out."""
    return {
        column.key: value_from_json(column.kind, data[column.key])
        for column in instrument.columns
        if column.key in data
    }

"""The cards of a canvas as the table that they are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from iciinsmes.toolbox.data import Instrument, Table, Value

from .canvases import open_canvas
from .data import CardData
from .drawn import drawn


def table_of(*, canvas_id: UUID, reader_id: int) -> Table:
    """Return the cards as clean rows of the instrument, a row a card in their order, as `open_canvas` opens them.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    opened = open_canvas(canvas_id=canvas_id, reader_id=reader_id)
    return table(drawn(opened.canvas.instrument), opened.cards)


def table(instrument: Instrument, cards: Iterable[CardData]) -> Table:
    """Return cards as rows; one that misses something which the instrument came to need is left out."""
    rows = ([_value(instrument, card, column.key) for column in instrument.columns] for card in cards)
    needed = [index for index, column in enumerate(instrument.columns) if column.required]
    complete = [row for row in rows if all(row[index] is not None for index in needed)]
    return Table.of([column.key for column in instrument.columns], complete)


def _value(instrument: Instrument, card: CardData, key: str) -> Value:
    if instrument.canvas is None or key != instrument.canvas.place:
        return card.values.get(key)
    values = {
        str(choice.value): choice.value
        for column in instrument.columns
        if column.key == key
        for choice in column.choices
    }
    return values.get(card.place)

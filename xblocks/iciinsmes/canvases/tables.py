"""The cards of a canvas as the table that they are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from iciinsmes.toolbox.data import Instrument, Table, Value

from .canvases import open_canvas
from .data import CardData, LackingCard, OpenCanvas
from .drawn import computed_from, drawn


def table_of(*, canvas_id: UUID, reader_id: int) -> Table:
    """Return the cards as clean rows of the instrument, a row a card in their order, as `open_canvas` opens them.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    opened = open_canvas(canvas_id=canvas_id, reader_id=reader_id)
    return table(drawn(opened.canvas.instrument), opened.cards)


def table(instrument: Instrument, cards: Iterable[CardData]) -> Table:
    """Return cards as rows; what a card does not say is None."""
    rows = [[_value(instrument, card, column.key) for column in instrument.columns] for card in cards]
    return Table.of([column.key for column in instrument.columns], rows)


def lacking_cards(*, canvas_id: UUID, reader_id: int) -> tuple[LackingCard, ...]:
    """Return the cards from which the instrument cannot compute, in their order; none where it computes nothing.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    return _lacking(open_canvas(canvas_id=canvas_id, reader_id=reader_id))


def _lacking(opened: OpenCanvas) -> tuple[LackingCard, ...]:
    instrument, columns = drawn(opened.canvas.instrument), computed_from(opened.canvas.instrument)
    found = (
        LackingCard(card, tuple(column for column in columns if _value(instrument, card, column.key) is None))
        for card in opened.cards
    )
    return tuple(lacking for lacking in found if any(column.required for column in lacking.columns))


def complete_table(*, canvas_id: UUID, reader_id: int) -> tuple[Table, int]:
    """Return the rows of the cards that say enough to compute from, and how many other cards there are.

    Raises:
        UnknownCanvas: there is none, or not for this person.
    """
    opened = open_canvas(canvas_id=canvas_id, reader_id=reader_id)
    lacking = {each.card.id for each in _lacking(opened)}
    complete = (card for card in opened.cards if card.id not in lacking)
    return table(drawn(opened.canvas.instrument), complete), len(lacking)


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

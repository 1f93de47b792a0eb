"""Instruments as their canvases draw them."""

from __future__ import annotations

from dataclasses import replace

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Column, Instrument, ValueKind


def drawn_instruments() -> tuple[Instrument, ...]:
    """Return the instruments with a canvas, as `drawn` does."""
    return tuple(_drawn(instrument) for instrument in toolbox.all_instruments() if instrument.canvas is not None)


def drawn(key: str) -> Instrument:
    """Return an instrument with the columns, title and purpose of its cards, where these are no rows of its table."""
    return _drawn(toolbox.find_instrument(name=key))


def computes(key: str) -> bool:
    """Tell whether the cards are rows from which the instrument computes."""
    canvas = toolbox.find_instrument(name=key).canvas
    return canvas is not None and canvas.is_table


def computed_from(key: str) -> tuple[Column, ...]:
    """Return the columns from which the instrument computes: those that it needs, and numbers that may stay empty."""
    numbers = (ValueKind.INTEGER, ValueKind.NUMBER)
    columns = toolbox.find_instrument(name=key).columns if computes(key) else ()
    return tuple(column for column in columns if column.required or column.kind in numbers)


def _drawn(instrument: Instrument) -> Instrument:
    """Return an instrument whose rows are cards: a card needs a place and its words, and nothing else."""
    canvas = instrument.canvas
    if canvas is None:
        return instrument
    columns = canvas.columns or instrument.columns
    return replace(
        instrument,
        columns=tuple(replace(column, required=column.key in (canvas.place, canvas.text)) for column in columns),
        title=canvas.title or instrument.title,
        purpose=canvas.purpose or instrument.purpose,
    )

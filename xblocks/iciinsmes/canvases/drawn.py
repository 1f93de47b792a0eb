"""Instruments as their canvases draw them."""

from __future__ import annotations

from dataclasses import replace

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Instrument


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


def _drawn(instrument: Instrument) -> Instrument:
    canvas = instrument.canvas
    if canvas is None or canvas.is_table:
        return instrument
    return replace(
        instrument,
        columns=canvas.columns,
        title=canvas.title or instrument.title,
        purpose=canvas.purpose or instrument.purpose,
    )

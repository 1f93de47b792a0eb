"""The instruments of the toolbox, all or one by name, and the rows of the invented firm that each brings along."""

from __future__ import annotations

from .errors import UnknownInstrument
from .instruments import INSTRUMENTS
from .instruments.framework import Instrument, Table


def all_instruments() -> tuple[Instrument, ...]:
    """Return the catalogue in its order."""
    return INSTRUMENTS


def find_instrument(*, name: str) -> Instrument:
    """Return an instrument by its key or its code, such as ``net-promoter-score`` or ``T02``.

    Raises:
        UnknownInstrument: there is none.
    """
    for instrument in INSTRUMENTS:
        if name in (instrument.key, instrument.code, instrument.code.lower()):
            return instrument
    raise UnknownInstrument(name)


def demo_table(*, instrument: Instrument) -> Table:
    """Return the rows of the invented firm."""
    return Table.of([column.key for column in instrument.columns], instrument.demo.rows())

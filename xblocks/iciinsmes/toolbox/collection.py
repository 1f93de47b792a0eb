"""The instruments of the toolbox, all or one by name."""

from __future__ import annotations

from .errors import UnknownInstrument
from .instruments import INSTRUMENTS
from .instruments.framework import Instrument


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

"""The instruments of the toolbox, all or one by name, and the rows of the invented firm that each brings along."""

from __future__ import annotations

from .errors import UnknownInstrument
from .instruments import INSTRUMENTS
from .instruments.framework import ENGLISH, Instrument, Language, Table, Value


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


def demo_table(*, instrument: Instrument, language: Language = ENGLISH) -> Table:
    """Return the rows of the invented firm, with the words of a language as far as they are there."""
    return Table.of([column.key for column in instrument.columns], instrument.demo.read_in(language.code).rows())


def demo_options(*, instrument: Instrument, language: Language = ENGLISH) -> dict[str, Value]:
    """Return the options that the rows of the invented firm go with; those of the same language belong together."""
    return dict(instrument.demo.read_in(language.code).options)

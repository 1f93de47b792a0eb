"""What there is, and what an instrument needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from iciinsmes.toolbox.collection import all_instruments, find_instrument
from iciinsmes.toolbox.instruments.framework import NEEDS, Column, Instrument, Option, allowed, show


def listed(_options: argparse.Namespace) -> int:
    """Name all instruments."""
    for instrument in all_instruments():
        print(f"{instrument.code}  {instrument.key:<28} {show(instrument.purpose)}")
    return 0


def explained(options: argparse.Namespace) -> int:
    """Say what an instrument does, and what may stand in its columns and options."""
    print("\n".join(_explained(find_instrument(name=options.name))))
    return 0


def _explained(instrument: Instrument) -> Iterator[str]:
    yield f"{instrument.code}  {show(instrument.title)}"
    yield show(instrument.purpose)
    yield ""
    for text in instrument.explanation:
        yield show(text)
    yield ""
    yield "For those who say: " + "; ".join(show(NEEDS[need]) for need in instrument.needs)
    yield f"Needs at least {instrument.minimum} {show(instrument.counted)}."
    yield ""
    for column in instrument.columns:
        need = "" if column.required else " (may be missing)"
        yield f"column {column.key}: {show(column.title)}: {_holds(column)}{need}"
    for option in instrument.options:
        default = "" if option.default is None else f" [{option.default}]"
        yield f"option {option.key}: {show(option.title)}: {_holds(option)}{default}"
    yield ""
    yield instrument.reference


def _holds(field: Column | Option) -> str:
    """Return what may stand there; choices as they are typed, with their titles."""
    if not field.choices:
        return show(allowed(field))
    return "one of " + "; ".join(_choice(str(choice.value), show(choice.title)) for choice in field.choices)


def _choice(value: str, title: str) -> str:
    return value if value == title else f"{value} ({title})"

"""One run of an instrument: options checked, too little data told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ..declaration.allowed import allowed
from ..declaration.instrument import Instrument, Option, ValueKind
from ..declaration.table import Settings, Table, Value
from ..result.parts import Level, Result, Verdict
from ..texts.message import Text, msg

_QUOTED_CHARS = 30


class WrongOption(Exception):
    """An option that does not exist or whose value does not fit; ``text`` says so to the learner."""

    def __init__(self, key: str, text: Text) -> None:
        self.key = key
        self.text = text
        super().__init__(key)


def run(instrument: Instrument, table: Table, options: Mapping[str, Value] | None = None) -> Result:
    """Compute the result of clean rows.

    Args:
        instrument: what to compute.
        table: rows as `table_import` made them.
        options: option key to value; the others, and those with None, keep their defaults.

    Raises:
        WrongOption: an option is unknown or out of range.
    """
    chosen = settings(instrument, options or {})
    if len(table) == 0 and instrument.columns:
        return Result(n=0, verdict=_too_little(instrument, 0))
    result = instrument.compute(table, chosen)
    # With a single cause or a single score there is nothing to choose from.
    result = replace(result, questions=tuple(entry for entry in result.questions if len(entry.answers) > 1))
    if result.n < instrument.minimum:
        return replace(result, verdict=_too_little(instrument, result.n))
    return result


def settings(instrument: Instrument, options: Mapping[str, Value]) -> Settings:
    """Return all options of a run: those given, and the defaults of the rest.

    Raises:
        WrongOption: an option is unknown or out of range.
    """
    known = {option.key: option for option in instrument.options}
    for key, value in options.items():
        if key not in known:
            raise WrongOption(key, msg("There is no option %(key)s.", key=key))
        if value is not None:
            _check(known[key], value)
    given = {key: value for key, value in options.items() if value is not None}
    return Settings({key: given.get(key, option.default) for key, option in known.items()})


_TYPES: Mapping[ValueKind, tuple[type, ...]] = {
    ValueKind.INTEGER: (int,),
    ValueKind.NUMBER: (int, float),
    ValueKind.DATE: (date,),
    ValueKind.YES_NO: (bool,),
    ValueKind.CHOICE: (str, int),
}


def _check(option: Option, value: Value) -> None:
    is_switch = isinstance(value, bool)  # which Python takes for a number as well
    if not isinstance(value, _TYPES.get(option.kind, (str,))) or is_switch != (option.kind is ValueKind.YES_NO):
        raise cannot_be(option, str(value))
    if option.kind is ValueKind.CHOICE and value not in {choice.value for choice in option.choices}:
        raise cannot_be(option, str(value))
    if isinstance(value, int | float) and not is_switch:
        low, high = option.minimum, option.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            raise cannot_be(option, str(value))


def cannot_be(option: Option, words: str) -> WrongOption:
    """Return the error for a value that an option cannot have, with what it can; choices as they are typed."""
    choices = ", ".join(str(choice.value) for choice in option.choices)
    text = msg(
        "“%(title)s” cannot be “%(value)s”. It can be: %(allowed)s.",
        title=option.title,
        value=words[:_QUOTED_CHARS],
        allowed=choices or allowed(option),
    )
    return WrongOption(option.key, text)


def _too_little(instrument: Instrument, n: int) -> Verdict:
    text = msg(
        "Too little data for a judgement: %(counted)s: %(n)s, needed: at least %(minimum)s. Look at the numbers as a "
        "first impression, and collect more.",
        counted=instrument.counted,
        n=n,
        minimum=instrument.minimum,
    )
    return Verdict("too-little-data", Level.TOO_LITTLE_DATA, text)

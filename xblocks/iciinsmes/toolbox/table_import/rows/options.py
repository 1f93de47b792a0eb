"""Reading options as they are typed into a form or on the command line."""

from __future__ import annotations

from iciinsmes.toolbox.instruments.framework import Instrument, Value, ValueKind, WrongOption, cannot_be, msg

from ..cells.amounts import decimal_sign, number
from ..cells.days import day
from ..columns.reading import yes_no


def read_option(instrument: Instrument, key: str, words: str, comma_is_decimal: bool | None = None) -> Value:
    """Return the value that somebody typed for an option; None if nothing.

    Args:
        instrument: whose option it is.
        key: of the option.
        words: as they were typed.
        comma_is_decimal: how the reader's language writes numbers; None if it is not known.

    Raises:
        WrongOption: there is no such option, or the words are no such value.
    """
    option = next((option for option in instrument.options if option.key == key), None)
    if option is None:
        raise WrongOption(key, msg("There is no option %(key)s.", key=key))
    words = words.strip()
    if not words:
        return None
    value: Value = words
    if option.kind in (ValueKind.INTEGER, ValueKind.NUMBER):
        found = number(words, decimal_sign([words], comma_is_decimal))
        value = int(found) if found is not None and option.kind is ValueKind.INTEGER and found == int(found) else found
    elif option.kind is ValueKind.DATE:
        value = day(words)
    elif option.kind is ValueKind.YES_NO:
        value = yes_no(words)
    elif option.kind is ValueKind.CHOICE:
        value = next((choice.value for choice in option.choices if str(choice.value) == words), None)
    if value is None:
        raise cannot_be(option, words)
    return value

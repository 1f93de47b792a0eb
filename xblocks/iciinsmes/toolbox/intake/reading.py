"""Reading the cells of a column as what an instrument declares it to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from iciinsmes.toolbox.instruments.kit import Column, Kind, Language, Text, Value, msg

from .cells import day, decimal_sign, number
from .names import known_names, plain_name
from .personal import Mask, masked
from .sheet import Raw

_YES = frozenset(["yes", "y", "true", "1", "x", "ja", "j", "igen", "i", "tak", "t", "sand", "wahr"])
_NO = frozenset(["no", "n", "false", "0", "nein", "nej", "nem", "nie", "falsk", "falsch"])

#: What spreadsheets show where a formula could not be computed.
_ERRORS = frozenset(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])
#: Marks without a width, which programs leave behind: two keys that look equal are to be equal.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_QUOTED_CHARS = 30


def reader(
    column: Column,
    cells: Iterable[Raw],
    comma_is_decimal: bool | None,
    languages: Sequence[Language],
    mask: Mask = masked,
) -> Callable[[Raw], Value | Text]:
    """Return a function that reads a cell of a column, or says in a text why it cannot.

    Args:
        column: what the instrument declares.
        cells: all of the column, to find out how numbers are written.
        comma_is_decimal: what the file says about that.
        languages: in which the answers of a choice are known by their titles.
        mask: what hides people in words and in messages.
    """
    decimal = decimal_sign(cells, comma_is_decimal) if column.kind in (Kind.INTEGER, Kind.NUMBER) else ""
    choices = {
        name: choice.value
        for choice in column.choices
        for name in known_names(choice.title, (str(choice.value), *choice.aliases), languages)
    }

    def quoted(cell: Raw) -> str:
        words = mask(written(cell))
        return words if len(words) <= _QUOTED_CHARS else f"{words[: _QUOTED_CHARS - 1]}…"

    def read(cell: Raw) -> Value | Text:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return msg("is empty") if column.required else None
        if cell in _ERRORS:
            return msg("“%(cell)s” is a mistake in the spreadsheet", cell=str(cell))
        if column.kind in (Kind.INTEGER, Kind.NUMBER):
            found = number(cell, decimal)
            if found is None:
                return msg("“%(cell)s” is not a number", cell=quoted(cell))
            return _in_range(column, found, lambda: quoted(cell))
        words = " ".join(written(cell).translate(_INVISIBLE).split())
        if column.kind is Kind.DATE:
            return day(cell) or msg("“%(cell)s” is not a day", cell=quoted(cell))
        if column.kind is Kind.YES_NO:
            answer = yes_no(words)
            return msg("“%(cell)s” is neither yes nor no", cell=quoted(cell)) if answer is None else answer
        if column.kind is Kind.CHOICE:
            choice = choices.get(plain_name(words))
            return msg("“%(cell)s” is not one of the answers", cell=quoted(cell)) if choice is None else choice
        # An apostrophe in front is how one makes a spreadsheet keep 007 as it is.
        return words.removeprefix("'") if column.kind is Kind.KEY else mask(words)

    return read


def yes_no(words: str) -> bool | None:
    """Read yes or no in any of the languages; None if it is neither."""
    word = words.casefold()
    return word in _YES if word in _YES or word in _NO else None


def _in_range(column: Column, found: float, quoted: Callable[[], str]) -> Value | Text:
    low, high = column.minimum, column.maximum
    if low is not None and found < low:
        return msg("%(cell)s is below %(limit)s", cell=quoted(), limit=low)
    if high is not None and found > high:
        return msg("%(cell)s is above %(limit)s", cell=quoted(), limit=high)
    if column.kind is Kind.NUMBER:
        return found
    return int(found) if found == int(found) else msg("%(cell)s is not a whole number", cell=quoted())


def written(cell: Raw) -> str:
    """Return a cell in words; a spreadsheet keeps customer number 17 as 17.0 and yes as True."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

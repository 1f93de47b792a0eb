"""Reading the cells of a column as what an instrument declares it to hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from iciinsmes.toolbox.instruments.framework import Column, Language, Text, Value, ValueKind, msg

from ..cells.amounts import currencies, labelled, may_be_either, number, signs_of
from ..cells.days import SERIAL_START, Order, day, day_order
from ..cells.empty import is_empty, is_mistake
from ..cells.money import currency, same_currency
from ..languages import all_words, answer_words
from ..names import known_names, plain_name
from ..people.personal import Mask, hide_people
from ..sheet import MAX_CELL_CHARS, Formula, Percent, Raw

_YES = frozenset(["1", "x", *all_words(lambda pack: pack.yes)])
_NO = frozenset(["0", *all_words(lambda pack: pack.no)])

#: Marks without a width, which programs leave behind: two keys that look equal are to be equal.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_QUOTED_CHARS = 30
#: A long number as spreadsheets show it: several customers may have become one.
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d{1,2}", re.IGNORECASE)
_STARS = re.compile(r"(?P<given>[\u2605\u2b50]+)\ufe0f?(?P<rest>\u2606*)")
_OUT_OF = re.compile(
    rf"(?P<part>\d+(?:[.,]\d+)?)\s?(?:/|\b(?:{'|'.join(map(re.escape, all_words(lambda pack: pack.out_of)))})\b)\s?"
    r"(?P<whole>\d+)",
    re.IGNORECASE,
)

Read = Callable[[Raw], Value | Text]


def reader(
    column: Column,
    cells: Iterable[Raw],
    comma_is_decimal: bool | None,
    languages: Sequence[Language],
    mask: Mask = hide_people,
    start: date = SERIAL_START,
) -> Read:
    """Return a function that reads a cell of a column, or says in a text why it cannot.

    Args:
        column: what the instrument declares.
        cells: all of the column, to find out how numbers and days are written.
        comma_is_decimal: what the file says about that.
        languages: in which the answers of a choice are known by their titles.
        mask: what hides people in words and in messages.
        start: from which day the file counts days.
    """

    def quoted(cell: Raw) -> str:
        words = mask(cell_words(cell))
        return words if len(words) <= _QUOTED_CHARS else f"{words[: _QUOTED_CHARS - 1]}…"

    choices = _choices(column, languages)
    read_kind = _reader_of_kind(column, cells, comma_is_decimal, choices, mask, start, quoted)
    # Whatever is a number or a day is no mark for "not known", and most cells are.
    is_first = column.kind in (ValueKind.INTEGER, ValueKind.NUMBER, ValueKind.DATE)

    def read(cell: Raw) -> Value | Text:
        found = read_kind(cell) if is_first else None
        if is_first and not isinstance(found, Text):
            return found
        if isinstance(cell, Formula):
            return msg("is a formula without a value: open the file in your spreadsheet program and save it")
        if isinstance(cell, str):
            if len(cell) > MAX_CELL_CHARS:
                return msg("has more than %(count)s letters", count=MAX_CELL_CHARS)
            if is_empty(cell, column.kind) and plain_name(cell) not in choices and cell.strip() not in choices:
                return msg("is empty") if column.required else None
            if is_mistake(cell):
                return msg("“%(cell)s” is a mistake in the spreadsheet", cell=quoted(cell))
        elif cell is None:
            return msg("is empty") if column.required else None
        return found if is_first else read_kind(cell)

    return read


def _reader_of_kind(
    column: Column,
    cells: Iterable[Raw],
    comma_is_decimal: bool | None,
    choices: Mapping[str, str | int],
    mask: Mask,
    start: date,
    quoted: Callable[[Raw], str],
) -> Read:
    """Return what reads a cell that holds something."""
    if column.kind in (ValueKind.INTEGER, ValueKind.NUMBER):
        return _number_reader(column, cells, comma_is_decimal, quoted)
    if column.kind is ValueKind.DATE:
        return _day_reader(cells, start, quoted)

    def read(cell: Raw) -> Value | Text:
        words = " ".join(cell_words(cell).translate(_INVISIBLE).split())
        if column.kind is ValueKind.YES_NO:
            answer = yes_no(words)
            return msg("“%(cell)s” is neither yes nor no", cell=quoted(cell)) if answer is None else answer
        if column.kind is ValueKind.CHOICE:
            choice = choices.get(plain_name(words), choices.get(words))
            return msg("“%(cell)s” is not one of the answers", cell=quoted(cell)) if choice is None else choice
        if column.kind is ValueKind.KEY and _SHORTENED.fullmatch(words):
            return msg("“%(cell)s” was shortened by a spreadsheet program: save the column as text", cell=quoted(cell))
        # An apostrophe in front is how one makes a spreadsheet keep 007 as it is.
        return words.removeprefix("'") if column.kind is ValueKind.KEY else mask(words)

    return read


def _number_reader(
    column: Column, cells: Iterable[Raw], comma_is_decimal: bool | None, quoted: Callable[[Raw], str]
) -> Read:
    words = {cell: count for cell, count in Counter(cells).items() if isinstance(cell, str)}
    signs = signs_of(words, comma_is_decimal)
    used = currencies(words)
    main = max(used, key=used.__getitem__, default="")
    is_plain = not signs.is_mixed and len(used) < 2
    has_no_limits = column.kind is ValueKind.NUMBER and column.minimum is None and column.maximum is None

    def read(cell: Raw) -> Value | Text:
        found = number(cell, signs.decimal)
        if found is None and isinstance(cell, str) and column.minimum is not None and column.maximum is not None:
            found = _on_scale(cell, column.maximum, signs.decimal)
        if found is None:
            return msg("“%(cell)s” is not a number", cell=quoted(cell))
        if is_plain:
            return found if has_no_limits else _in_range(column, found, lambda: quoted(cell))
        if signs.is_mixed and may_be_either(cell):
            return msg("“%(cell)s” may be a thousand or a fraction: the column has both signs", cell=quoted(cell))
        if len(used) > 1 and isinstance(cell, str) and (code := currency(cell)) and not same_currency(code, main):
            return msg("“%(cell)s” is in another currency than the rest of the column", cell=quoted(cell))
        return _in_range(column, found, lambda: quoted(cell))

    return read


def _on_scale(cell: str, highest: float, decimal: str) -> float | None:
    """Read “4/5” and “4 out of 5”, where five is the most that a column may hold, and “5 - very likely”."""
    if found := _OUT_OF.fullmatch(cell.strip()):
        return number(found["part"], decimal) if float(found["whole"]) == highest else None
    if stars := _STARS.fullmatch(cell.strip()):
        # Without the empty ones it is not known how many there could be.
        return float(len(stars["given"])) if len(stars["given"]) + len(stars["rest"]) <= highest else None
    label = labelled(cell)
    return float(label.size) if label else None


def _day_reader(cells: Iterable[Raw], start: date, quoted: Callable[[Raw], str]) -> Read:
    order = day_order(set(cells))

    def read(cell: Raw) -> Value | Text:
        if found := day(cell, order, start):
            return found
        if order is Order.BOTH and day(cell, Order.DAY_FIRST) != day(cell, Order.MONTH_FIRST):
            return msg(
                "“%(cell)s” may be two days: the column has days with the day first and days with the month first",
                cell=quoted(cell),
            )
        return msg("“%(cell)s” is not a day", cell=quoted(cell))

    return read


def _choices(column: Column, languages: Sequence[Language]) -> dict[str, str | int]:
    """Return the values by their plain names, and by other names as they are where these are signs only."""
    found = {}
    for choice in column.choices:
        others = (str(choice.value), *answer_words(choice.title.message))
        for name in others:
            if not plain_name(name):
                found[name] = choice.value
        for name in known_names(choice.title, others, languages):
            if name:
                found[name] = choice.value
    return found


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
    if column.kind is ValueKind.NUMBER:
        return found
    return int(found) if found == int(found) else msg("%(cell)s is not a whole number", cell=quoted())


def cell_words(cell: Raw) -> str:
    """Return a cell as somebody would write it; a spreadsheet keeps customer number 17 as 17.0 and yes as True."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        words = str(int(cell)) if cell.is_integer() else str(cell)
        return f"{words} %" if isinstance(cell, Percent) else words
    return str(cell)

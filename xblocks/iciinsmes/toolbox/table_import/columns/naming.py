"""Columns as somebody names them on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Column, Instrument, Text, joined, msg

from ..names import plain_name
from ..sheet import Sheet
from .mapping import Guess


def named_columns(instrument: Instrument, sheet: Sheet, given: Iterable[str]) -> dict[str, int | None]:
    """Return column key to index, None for a column that is to be left out.

    Args:
        instrument: whose columns.
        sheet: in which they are.
        given: each ``key=heading``, ``key=number`` counted from 1, or ``key=``.

    Raises:
        UnreadableTable: there is no such column on either side, or several have the heading.
    """
    found: dict[str, int | None] = {}
    for entry in given:
        key, _sign, name = (part.strip() for part in entry.partition("="))
        if key not in {column.key for column in instrument.columns}:
            keys = ", ".join(column.key for column in instrument.columns)
            raise UnreadableTable(msg("“%(key)s” is none of the columns: %(keys)s.", key=key, keys=keys))
        found[key] = _index(sheet, key, name) if name else None
    return found


def not_found(sheet: Sheet, guess: Guess, missing: Sequence[Column], *, can_be_turned: bool) -> Text:
    """Return what to say where required columns are missing: what the table has, and what can be done."""
    texts = [
        msg(
            "Columns not found: %(names)s. The table has: %(found)s.",
            names=", ".join(column.key for column in missing),
            found=_headings(sheet),
        )
    ]
    texts += misfits(sheet, guess, missing)
    if can_be_turned:
        texts.append(msg("It seems to have a column for each question. Add --turn for a line for each answer."))
    texts.append(msg("Say which column it is: --column %(key)s=HEADING.", key=missing[0].key))
    return joined(texts, " ")


def misfits(sheet: Sheet, guess: Guess, columns: Iterable[Column]) -> list[Text]:
    """Return for each of the columns that has the name of one but not its cells what is wrong with them."""
    return [
        msg(
            "“%(heading)s” may be %(key)s, but its cells do not fit: %(wrong)s.",
            heading=sheet.names[guess.misfits[column.key][0]],
            key=column.key,
            wrong=guess.misfits[column.key][1],
        )
        for column in columns
        if column.key in guess.misfits
    ]


def _headings(sheet: Sheet) -> str:
    return ", ".join(name for name in sheet.names if name)


def _index(sheet: Sheet, key: str, name: str) -> int:
    same = [index for index, heading in enumerate(sheet.names) if heading == name]
    same = same or [index for index, heading in enumerate(sheet.names) if plain_name(heading) == plain_name(name)]
    if not same and name.isascii() and name.isdigit() and 0 < int(name) <= len(sheet.names):
        same = [int(name) - 1]
    if len(same) != 1:
        raise UnreadableTable(_not_one(sheet, key, name, same))
    return same[0]


def _not_one(sheet: Sheet, key: str, name: str, same: list[int]) -> Text:
    if not same:
        return msg("There is no column “%(name)s”. The table has: %(found)s.", name=name, found=_headings(sheet))
    numbers = ", ".join(str(index + 1) for index in same)
    return msg(
        "Several columns are called “%(name)s”. Name one by its number: %(numbers)s, as in --column %(key)s=%(first)s.",
        name=name,
        numbers=numbers,
        key=key,
        first=same[0] + 1,
    )

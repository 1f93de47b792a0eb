"""Keeping people out of the data: columns that name them, and what names them within sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from iciinsmes.toolbox.instruments.framework import Value, ValueKind

from ..cells.days import day, is_american_day
from ..cells.empty import is_empty
from ..languages import all_words
from ..names import plain_name
from ..sheet import Raw, Sheet
from .known_people import KnownPeople
from .sentences import MASK, without_titled_names

#: Takes words and returns them with a mask in the place of what names a person.
Mask = Callable[[str], str]

#: Columns with these names are about a person, whatever stands in them.
_NAMED = frozenset(plain_name(name) for name in all_words(lambda pack: pack.people.headings))
_REACHED = frozenset(plain_name(name) for name in all_words(lambda pack: pack.people.contacts))

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(
    r"\b(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?"
    r"|[a-z]{2}\d{2}(?: ?\d{4}){3,6}(?: ?\d{1,4})?"  # as typed on a phone
    r"|\d{2}(?: ?\d{4}){6})\b"  # Polish, without the country
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"(?:\+|00)\d{1,3}[ /(]{0,2}\d(?:[ /().-]{0,2}\d){5,12}"  # with the number of a country
    r"|0\d(?:[ /().-]{0,2}\d){6,12}"  # with the 0 of a network
    r"|\d{2}(?: \d{2}){3}|\d{3}[ -]\d{3}[ -]\d{3}"  # Danish, Polish
    r")(?!\w|[.,/-]\w)"
)
#: Figures without any form, behind what announces a telephone number.
_CALLED = re.compile(
    rf"(?i)(\b(?:{'|'.join(sorted(set(all_words(lambda pack: pack.phones)), key=len, reverse=True))})\b[\s.:]{{0,3}})"
    r"\d(?:[ /.-]{0,2}\d){5,12}(?!\w)"
)
_TITLES = "|".join(
    all_words(
        lambda pack: (*pack.people.titles, *pack.people.short_titles, *pack.people.capital_titles, *pack.people.degrees)
    )
)
_PERSON = re.compile(rf"(?:(?i:{_TITLES})\.?\s)?[^\W\d_]{{2,}}(?:,?\s[^\W\d_]{{2,}}\.?){{1,3}}")

_SINGLE_NAME = re.compile(r"[^\W\d_]{3,}")

_LOOK_AT_CELLS = 200
_PERSONAL_SHARE = 0.3
_FEWEST_FIGURES = 6


def personal_columns(sheet: Sheet) -> frozenset[int]:
    """Return the columns whose names or cells are about people: mail, telephone, account. They are not read."""
    return frozenset(
        index
        for index, name in enumerate(sheet.names)
        if plain_name(name) in _NAMED | _REACHED or _share(_is_contact, sheet.cells(index)) >= _PERSONAL_SHARE
    )


def looks_like_people(cells: Iterable[Raw]) -> bool:
    """Tell whether keys are names, or any is a mail address, telephone or account number instead of a pseudonym."""
    cells = list(cells)
    if _share(_is_a_name, cells) >= _PERSONAL_SHARE:
        return True
    return any(isinstance(cell, str) and without_contacts(cell) != cell for cell in set(cells))


def hide_people(words: str) -> str:
    """Return words without contacts and without the names that titles, greetings and signatures give away."""
    return without_titled_names(without_contacts(words))


def without_contacts(words: str) -> str:
    """Return words without the mail addresses, account and telephone numbers in them."""
    if "@" in words:
        words = _MAIL.sub(MASK, words)
    figures = sum(map(str.isdigit, words))
    if figures >= _FEWEST_FIGURES:
        words = _CALLED.sub(rf"\1{MASK}", words)
    if figures < _FEWEST_FIGURES + 2:
        return words
    # A day in figures looks like a telephone number.
    return _PHONE.sub(lambda found: found[0] if _is_day(found[0]) else MASK, _IBAN.sub(MASK, words))


def mask_of(sheet: Sheet, columns: Iterable[int]) -> Mask:
    """Return what masks words of a sheet: as `hide_people`, and whatever stands in its columns about people.

    Args:
        sheet: the raw cells.
        columns: indexes of its columns about people.
    """
    names: list[Raw] = []
    others: list[Raw] = []
    for index in columns:
        (others if plain_name(sheet.names[index]) in _REACHED else names).extend(sheet.column(index))
    known = KnownPeople(names, others)
    return lambda words: known.masked(hide_people(words))


def pseudonyms(cells: Iterable[Raw], known: dict[str, str]) -> list[str | None]:
    """Return C001, C002 … for different keys in their order; empty cells stay empty.

    Args:
        cells: keys that name people.
        known: the pseudonyms given so far in other columns; new ones are added, so that a person has one everywhere.
    """
    found: list[str | None] = []
    for cell in cells:
        key = "" if cell is None else _same(cell)
        has_key = key and not is_empty(key, ValueKind.KEY)
        found.append(known.setdefault(key, f"C{len(known) + 1:03}") if has_key else None)
    return found


def kept_apart(cells: Sequence[Raw], values: Sequence[Value]) -> Sequence[Value]:
    """Number the words that masking made equal though their cells were not: “Frau … 1”, “Frau … 2”.

    Args:
        cells: of a column.
        values: the same cells when they were read.

    Returns:
        The values; the same sequence if none had to get a number.
    """
    originals: dict[str, dict[str, int]] = {}
    for cell, value in zip(cells, values, strict=True):
        if isinstance(value, str) and MASK in value:
            known = originals.setdefault(value.casefold(), {})
            known.setdefault(_same(cell), len(known) + 1)
    merged = {word: numbers for word, numbers in originals.items() if len(numbers) > 1}
    if not merged:
        return values
    return [
        f"{value} {merged[value.casefold()][_same(cell)]}"
        if isinstance(value, str) and value.casefold() in merged
        else value
        for cell, value in zip(cells, values, strict=True)
    ]


def _same(cell: Raw) -> str:
    return " ".join(str(cell).casefold().split())


def _is_contact(words: str) -> bool:
    return any(form.fullmatch(words) for form in (_MAIL, _IBAN, _PHONE)) and not _is_day(words)


def _is_day(words: str) -> bool:
    """Tell whether words are a day, or one with the hour behind it."""
    first, _space, rest = words.partition(" ")
    is_day = any(day(one) is not None or is_american_day(one) for one in (words, first))
    return is_day and sum(map(str.isdigit, rest)) < _FEWEST_FIGURES


def _is_a_name(words: str) -> bool:
    if words.istitle() and _SINGLE_NAME.fullmatch(words):
        return True
    return words != words.lower() and _PERSON.fullmatch(words) is not None


def _share(is_so: Callable[[str], bool], cells: Iterable[Raw]) -> float:
    """Return which share of the first cells is so; numbers and days of a spreadsheet never are."""
    filled = list(islice((cell for cell in cells if cell is not None and cell != ""), _LOOK_AT_CELLS))
    return sum(isinstance(cell, str) and is_so(cell.strip()) for cell in filled) / len(filled) if filled else 0.0

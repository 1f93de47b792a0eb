"""Reading one cell as a number, as numbers are written in many countries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..names import plain_name
from ..sheet import Raw
from .money import MONEY, currency

#: No firm counts higher, and its square and cube can still be computed with.
_LARGEST = 1e12

#: Signs that look alike: spaces of any width, apostrophes of typographers, dashes.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\t\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)
_SIMPLE = re.compile(r"-?(?P<whole>\d+)(?:(?P<sign>[.,])(?P<rest>\d+))?")
_OTHER_SIGN = re.compile(r"[^\d.,\s'+-]")
#: Answers on a scale that survey programs write with the words of its ends: “10 - Extremely likely”, “5 (sehr gut)”.
_LABELLED = (
    re.compile(r"(?P<size>\d{1,3})\s*(?:[-\u2013\u2014:=]|\.\s)\s*(?P<words>[^\d\s][^\d]*)"),
    re.compile(r"(?P<size>\d{1,3})\s*[(\[](?P<words>[^\d]+)[)\]]"),
    re.compile(r"(?P<words>[^\d]+?)\s*[(\[](?P<size>\d{1,3})[)\]]"),
    re.compile(r"(?P<size>\d{1,3})\s(?P<words>[^\W\d_][^\d]*)"),
)
_LONGEST_LABEL = 80
_SIGNS = (",", ".")
_FIGURES = re.compile(r"\d[\d.,' ]*\d|[.,]?\d")


def _form(decimal: str) -> re.Pattern[str]:
    """Return the pattern of a number with this sign before its decimals; thousands stand in threes, or not apart."""
    point, comma = re.escape(decimal), re.escape("." if decimal == "," else ",")
    whole = rf"(?:\d+|\d{{1,3}}(?:(?: \d{{3}})+|(?:'\d{{3}})+|(?:{comma}\d{{3}})+))"
    return re.compile(
        rf"(?:{MONEY})?\s?(?P<open>\()?\s?(?P<minus>[+-])?\s?(?:{MONEY})?\s?(?P<signed>[+-])?"
        rf"(?P<whole>{whole})?(?:{point}(?P<decimals>\d+)|[.,](?!\s?[-\d]))?(?P<power>[eE][+-]?\d{{1,2}})?"
        # 80,- and 80.-- have no decimals; 80- is below zero.
        rf"(?:\s?[.,:]-{{1,2}}|(?P<behind>-))?\s?(?:{MONEY}|%)?(?P<last>-)?\s?(?P<close>\))?",
        re.IGNORECASE,
    )


_FORMS = {decimal: _form(decimal) for decimal in ",."}


@dataclass(frozen=True)
class Signs:
    """How the numbers of a column are written: the sign before decimals, and whether some surely have the other one."""

    decimal: str
    is_mixed: bool


def signs_of(cells: Iterable[Raw], comma_is_decimal: bool | None) -> Signs:
    """Find out from all numbers of a column which sign they have before their decimals.

    Args:
        cells: of the column.
        comma_is_decimal: what the file says about it, used where ``1,234`` or ``1.234`` may be either.
    """
    written = {cell for cell in cells if isinstance(cell, str) and ("," in cell or "." in cell)}
    votes = Counter(map(_vote, written))
    if votes[","] == votes["."]:
        sign = "." if comma_is_decimal is False else "," if comma_is_decimal else _undecided(written)
    else:
        sign = max(",.", key=votes.__getitem__)
    return Signs(sign, bool(votes[","] and votes["."]))


def decimal_sign(cells: Iterable[Raw], comma_is_decimal: bool | None) -> str:
    """Return the sign before decimals, a comma or a point; arguments as for `signs_of`."""
    return signs_of(cells, comma_is_decimal).decimal


def numbers(cells: Collection[Raw], comma_is_decimal: bool | None) -> list[float | None]:
    """Read the cells of a column with the sign that all of them have before decimals; None for what is no number."""
    decimal = decimal_sign(cells, comma_is_decimal)
    return [number(cell, decimal) for cell in cells]


def may_be_either(cell: Raw) -> bool:
    """Tell whether a number is a thousand to some and a fraction to others, such as 1.234."""
    if not isinstance(cell, str):
        return False
    figures = _figures(cell)
    return _vote(cell) == "" and ("," in figures or "." in figures)


def number(cell: Raw, decimal: str) -> float | None:
    """Read a number; None if it is none. Signs of money, percent and thousands are allowed."""
    if isinstance(cell, float):
        return _bounded(cell)
    if not isinstance(cell, str):
        return None
    simple = _SIMPLE.fullmatch(cell)
    if simple and simple["sign"] in (None, decimal):
        return _bounded(float(cell.replace(",", ".")))
    # An apostrophe in front is how one makes a spreadsheet keep a number as it is written.
    found = _FORMS[decimal].fullmatch(cell.translate(_ALIKE).strip().removeprefix("'"))
    if found is None or not (found["whole"] or found["decimals"]):
        return None
    below = [bool(found["open"]), *(found[name] == "-" for name in ("minus", "signed", "behind", "last"))]
    if bool(found["open"]) != bool(found["close"]) or sum(below) > 1:
        return None
    whole = re.sub(r"\D", "", found["whole"] or "0")
    size = float(f"{whole}.{found['decimals'] or 0}{found['power'] or ''}")
    return _bounded(-size if any(below) else size)


def currencies(cells: Mapping[str, int]) -> Counter[str]:
    """Return how often a column names each currency, by its code.

    Args:
        cells: the different ones with how often each comes.
    """
    found = Counter[str]()
    if not _OTHER_SIGN.search("".join(cells)):
        return found
    for cell, count in cells.items():
        if not _SIMPLE.fullmatch(cell) and (code := currency(cell)):
            found[code] += count
    return found


def _bounded(found: float) -> float | None:
    return found if abs(found) <= _LARGEST else None


def _figures(cell: str) -> str:
    """Return the figures of a number with the signs among them, without spaces."""
    found = _FIGURES.search(cell.translate(_ALIKE))
    return re.sub("[' ]", "", found[0]) if found else ""


def _vote(cell: str) -> str:
    """Return which sign stands before decimals in a number; empty if nothing tells."""
    # Most amounts have two decimals, and a single sign tells at once.
    sign = cell[-3:-2]
    if sign in _SIGNS and cell[-2:].isdecimal() and cell.count(sign) == 1:
        return sign
    if simple := _SIMPLE.fullmatch(cell):
        whole, last, rest = simple["whole"], simple["sign"] or "", simple["rest"] or ""
        return last if len(rest) != 3 or len(whole) > 3 or whole == "0" else ""
    figures = _figures(cell)
    comma, point = figures.rfind(","), figures.rfind(".")
    if comma == point:
        return ""
    last, other = (",", ".") if comma > point else (".", ",")
    if other in figures:
        return last if figures.count(last) == 1 else ""
    if figures.count(last) > 1:
        return other
    whole, _sign, rest = figures.partition(last)
    # Nobody groups 0.500 or 1234.500, and thousands have three figures.
    return last if len(rest) != 3 or len(whole) > 3 or whole in ("", "0") else ""


def _undecided(cells: Iterable[str]) -> str:
    """Choose for columns like 1.234 where three digits follow each sign: those are thousands in nearly every table."""
    return "," if any("." in _figures(cell) for cell in cells) else "."


class Labelled(NamedTuple):
    """A number on a scale, and its words in small letters without signs."""

    size: int
    words: str


def labelled(cell: Raw) -> Labelled | None:
    """Read a number with words beside it; None if it is none."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return None
    for form in _LABELLED:
        found = form.fullmatch(cell.strip())
        if found and (words := plain_name(found["words"])) and any(map(str.isalpha, words)):
            return Labelled(int(found["size"]), words)
    return None

"""Answers on a scale that survey programs write with the words of its ends: “10 - Extremely likely”, “5 (sehr gut)”."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..names import plain_name
from ..sheet import Raw

_FORMS = (
    re.compile(r"(?P<size>\d{1,3})\s*(?:[-\u2013\u2014:=]|\.\s)\s*(?P<words>[^\d\s][^\d]*)"),
    re.compile(r"(?P<size>\d{1,3})\s*[(\[](?P<words>[^\d]+)[)\]]"),
    re.compile(r"(?P<words>[^\d]+?)\s*[(\[](?P<size>\d{1,3})[)\]]"),
    re.compile(r"(?P<size>\d{1,3})\s(?P<words>[^\W\d_][^\d]*)"),
)
_LONGEST = 80


class Labelled(NamedTuple):
    """A number on a scale, and its words in small letters without signs."""

    size: int
    words: str


def labelled(cell: Raw) -> Labelled | None:
    """Read a number with words beside it; None if it is none."""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    for form in _FORMS:
        found = form.fullmatch(cell.strip())
        if found and (words := plain_name(found["words"])) and any(map(str.isalpha, words)):
            return Labelled(int(found["size"]), words)
    return None

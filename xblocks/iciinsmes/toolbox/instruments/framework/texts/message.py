"""Texts that are written in English here and translated where they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

#: The name of a parameter that is a day in ISO 8601.
ISO_DAY = "iso_day"
#: What may follow a percent sign: another one, or the name of a place.
_PLACE = re.compile(r"%(?:%|\(\w+\)s)")


@dataclass(frozen=True)
class Text:
    """An English message and what is filled in.

    ``message`` is the key of the translation and holds places like ``%(n)s``; a percent sign is written ``%%``.
    ``parameters`` are numbers (rounded as they are to be read), words of the learner's data, or other texts.
    """

    message: str
    parameters: Mapping[str, str | int | float | Text] = field(default_factory=dict)


def msg(message: str, **parameters: str | int | float | Text) -> Text:
    """Mark a message for translation and fill it; the tools that collect messages know this name.

    Raises:
        ValueError: a percent sign of the message stands alone; as a text it is written twice.
    """
    _check(message)
    return Text(message, parameters)


def day_text(day: date) -> Text:
    """Return a day as a text; it is no message, each language writes days in its own way.

    Args:
        day: any date.

    Returns:
        A text of which `showing.show` makes the day.
    """
    return Text(f"%({ISO_DAY})s", {ISO_DAY: day.isoformat()})


@cache
def _check(message: str) -> None:
    """Refuse a message that could not be filled: “40 % of” would become “40 {}f”, or an error that names no text."""
    if "%" in _PLACE.sub("", message):
        raise ValueError(f"a percent sign in a message is written %%, a place %(name)s: {message!r}")

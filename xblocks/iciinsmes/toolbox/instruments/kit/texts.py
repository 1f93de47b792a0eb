"""Texts that are written in English here and translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """An English message and what is filled in.

    ``message`` is the key of the translation and holds places like ``%(n)s``; a percent sign is written ``%%``.
    ``parameters`` are numbers (rounded as they are to be read), words of the learner's data, or other texts.
    """

    message: str
    parameters: Mapping[str, str | int | float | Text] = field(default_factory=dict)


def msg(message: str, **parameters: str | int | float | Text) -> Text:
    """Mark a message for translation and fill it; the tools that collect messages know this name."""
    return Text(message, parameters)

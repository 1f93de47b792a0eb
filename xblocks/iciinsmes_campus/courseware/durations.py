"""How long a block takes, from what its author wrote: as `editions` counts it in the folder of a course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from iciinsmes_campus.editions import api as editions

_TAGS = re.compile(r"<[^>]*>")
_KIND = "online"


def reading_minutes(html: str) -> float:
    """Return how long people who read in a second language need for a text."""
    return len(_TAGS.sub(" ", html).split()) / editions.WORDS_A_MINUTE


def marked_minutes(author_html: str) -> dict[str, float]:
    """Return the minutes that an author has marked with ``data-minutes``, by what the time is for.

    Args:
        author_html: the text as it was written: the marks are no part of what readers get.
    """
    found: dict[str, float] = {}
    if "data-minutes" not in author_html:
        return found
    for element in editions.parse_html(author_html).iterdescendants():
        kind = str(element.get("data-time") or _KIND)
        with suppress(ValueError):
            found[kind] = found.get(kind, 0) + float(element.get("data-minutes") or 0)
    return {kind: minutes for kind, minutes in found.items() if kind in editions.KINDS}


def added(parts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the minutes of several parts together, by kind and in the order of the kinds, without those that are 0."""
    found = dict.fromkeys(editions.KINDS, 0.0)
    for part in parts:
        for kind, minutes in part.items():
            found[kind] = found.get(kind, 0) + minutes
    return {kind: minutes for kind, minutes in found.items() if minutes}

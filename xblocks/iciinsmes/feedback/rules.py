"""Where a comment stands, as pure questions."""

from __future__ import annotations

from itertools import pairwise


def plain(text: str) -> str:
    """Return the text with the line ends that a browser shows, so that both count characters alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def found_at(text: str, quote: str, near: int | None) -> int | None:
    """Return where the passage begins in the text; None where it does not stand in it.

    A page may count otherwise than we do, and without a script somebody has typed the passage: of several places it is
    the nearest one.

    Args:
        text: what was answered, as `plain` returns it.
        quote: the passage.
        near: where the page says it begins; None for nowhere in particular.
    """
    if near is not None and text[near : near + len(quote)] == quote:
        return near
    places = []
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return min(places, key=lambda place: abs(place - (near or 0)), default=None)


def stretches(length: int, passages: list[tuple[int, int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Cut a text of this length where passages begin or end.

    Args:
        length: of the text.
        passages: begin, end and number of each; they may overlap, and reach out of the text.

    Returns:
        Begin, end and the numbers of the passages of each stretch, from the first character to the last.
    """
    cuts = {0, length}
    for begin, end, _number in passages:
        cuts |= {min(max(begin, 0), length), min(max(end, 0), length)}
    edges = sorted(cuts)
    return [
        (begin, end, tuple(number for first, last, number in passages if first <= begin and end <= last))
        for begin, end in pairwise(edges)
    ]

"""Posts of communities that somebody logged, and whether the last of them still brought something new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ... import framework as fw

OWN, COMPETITOR = "own", "competitor"

#: So many posts at the end are looked at for new codes.
LAST = 10


@dataclass(frozen=True)
class Post:
    """One post with all that was logged about it; ``sides`` are whom it speaks of."""

    day: date
    key: str
    codes: frozenset[str]
    sides: frozenset[str]


def growth(posts: Sequence[Post]) -> list[int]:
    """Return how many different codes were seen after each post, in the order of the posts."""
    seen: set[str] = set()
    counts = []
    for post in posts:
        seen |= post.codes
        counts.append(len(seen))
    return counts


def new_in_last(posts: Sequence[Post]) -> int | None:
    """Return how many codes the last ten posts brought; None if there are no posts before them."""
    counts = growth(posts)
    return counts[-1] - counts[-LAST - 1] if len(counts) > LAST else None


def posts_of(table: fw.Table) -> list[Post]:
    """Join the rows of a post, and put posts in the order of their days, those of one day as they were logged.

    Args:
        table: with the columns date, code, and if known post and side; a log with the latest post on top is read from
            below.
    """
    spelling = fw.spelled(table.texts("code"))
    members: dict[str, list[int]] = {}
    for row, key in enumerate(table.texts("post")):
        # A row without a number is a post of its own.
        members.setdefault(fw.same(key) or f"\n{row}", []).append(row)
    days, sides = table.dates("date"), table.texts("side")
    posts = [
        Post(
            min(days[row] for row in rows),
            key.partition("\n")[0],
            frozenset(spelling[row] for row in rows),
            frozenset(sides[row] for row in rows if sides[row] in (OWN, COMPETITOR)),
        )
        for key, rows in members.items()
    ]
    if posts[0].day > posts[-1].day and all(one.day >= other.day for one, other in pairwise(posts)):
        posts.reverse()
    return sorted(posts, key=lambda post: post.day)

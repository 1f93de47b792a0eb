"""Ideas of a workshop with the votes they got, and who is ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ... import framework as fw

_TOP = 3


class VotedIdea(NamedTuple):
    """One idea with its votes; ``dots`` stuck to it, ``ranks`` given to it by participant, 1 the best."""

    name: str
    dots: int
    ranks: Mapping[str, int]
    points: int


def borda(ranks: Sequence[int], ideas: int) -> int:
    """Return the Borda points of an idea: the sum of ``ideas`` - rank; ranks go from 1, the best, to ``ideas``."""
    return sum(ideas - rank for rank in ranks)


def voted_ideas(table: fw.Table) -> tuple[list[VotedIdea], int]:
    """Return the ideas, best first, and how many ranks were left out because there are fewer ideas.

    Of several ranks that a participant gave to an idea the best counts.
    """
    members = fw.grouped(table.texts("idea"))
    participants, ranks, dots = table.texts("participant"), table.maybe_numbers("rank"), table.maybe_numbers("dots")
    found, left_out = [], 0
    for name, rows in members.items():
        given: dict[str, int] = {}
        for row in rows:
            rank = ranks[row]
            if rank is None:
                continue
            if rank > len(members):
                left_out += 1
                continue
            given[participants[row]] = min(int(rank), given.get(participants[row], len(members)))
        points = borda(list(given.values()), len(members))
        found.append(VotedIdea(name, int(sum(dots[row] or 0 for row in rows)), given, points))
    return sorted(found, key=lambda idea: (-idea.points, -idea.dots, idea.name)), left_out


def who_ranked_all(ideas: Sequence[VotedIdea]) -> set[str]:
    """Return who gave every idea a rank of its own; only they can be compared."""
    given: dict[str, set[int]] = {}
    for idea in ideas:
        for person, rank in idea.ranks.items():
            given.setdefault(person, set()).add(rank)
    return {person for person, ranks in given.items() if len(ranks) == len(ideas)}


def ranks_of(ideas: Sequence[VotedIdea], people: AbstractSet[str]) -> list[list[int]]:
    """Return the ranks of people who ranked all ideas, a row a person."""
    return [[idea.ranks[person] for idea in ideas] for person in people]


def first_three(ideas: Sequence[VotedIdea]) -> int:
    """Return how many ideas are among the first three: more where others are equal to the third."""
    last = ideas[min(_TOP, len(ideas)) - 1]
    return sum((idea.points, idea.dots) >= (last.points, last.dots) for idea in ideas)


def leaders(ideas: Sequence[VotedIdea]) -> list[str]:
    """Return the ideas that nothing is ahead of: by points if there are ranks, else by dots."""
    has_ranks = any(idea.ranks for idea in ideas)
    votes = [idea.points if has_ranks else idea.dots for idea in ideas]
    return [idea.name for idea, vote in zip(ideas, votes, strict=True) if vote == max(votes)]


def first_of(ideas: Sequence[VotedIdea], people: AbstractSet[str]) -> VotedIdea | None:
    """Return the idea with most points of some people; None if there is no single one."""
    points = [borda([rank for person, rank in idea.ranks.items() if person in people], len(ideas)) for idea in ideas]
    most = max(points)
    return ideas[points.index(most)] if points.count(most) == 1 else None

"""Scores of ideas by several methods, and what becomes of the first place when a number is a fifth higher or lower."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import NamedTuple

#: Method to what an idea is scored by; with weights it is the learner's own criteria.
FACTORS: Mapping[str, Sequence[str]] = {
    "weighted": (),
    "ice": ("impact", "confidence", "ease"),
    "ice_mean": ("impact", "confidence", "ease"),
    "rice": ("reach", "impact", "confidence", "effort"),
}

_LESS, _MORE = 0.8, 1.2

#: Scores closer than this part of the larger one are equal.
_EPSILON = 1e-9

#: Idea to part (criterion or factor) to number.
Ideas = Mapping[str, Mapping[str, float]]


class RankChange(NamedTuple):
    """Who is first when a part has 20 % less, and 20 % more; with equal scores several are."""

    part: str
    less: Sequence[str]
    more: Sequence[str]


def score(method: str, numbers: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the score of an idea.

    Args:
        method: a key of `FACTORS`.
        numbers: of the idea, by criterion or factor; effort is above 0, confidence of RICE between 0 and 1.
        weights: of the criteria, not all 0; only used with weights.
    """
    if method == "rice":
        return numbers["reach"] * numbers["impact"] * numbers["confidence"] / numbers["effort"]
    if method == "weighted":
        return sum(weight * numbers[part] for part, weight in weights.items()) / sum(weights.values())
    values = [numbers[part] for part in FACTORS[method]]
    return prod(values) if method == "ice" else sum(values) / len(values)


def first(scores: Mapping[str, float]) -> list[str]:
    """Return the names with the highest score, in alphabetical order."""
    highest = max(scores.values())
    return sorted(name for name, value in scores.items() if value >= highest - _EPSILON * max(abs(highest), 1e-3))


def changes(method: str, ideas: Ideas, weights: Mapping[str, float]) -> list[RankChange]:
    """Return who is first after a change of each part: of each weight, or else of each number of the first idea."""
    scores = {name: score(method, numbers, weights) for name, numbers in ideas.items()}
    if method == "weighted":
        total = sum(weights.values())

        def changed(part: str, by: float) -> list[str]:
            extra = (by - 1) * weights[part]
            return first(
                {
                    name: (scores[name] * total + extra * numbers[part]) / (total + extra)
                    for name, numbers in ideas.items()
                }
            )

    else:
        leader = first(scores)[0]

        def changed(part: str, by: float) -> list[str]:
            numbers = {**ideas[leader], part: ideas[leader][part] * by}
            return first({**scores, leader: score(method, numbers, weights)})

    return [RankChange(part, changed(part, _LESS), changed(part, _MORE)) for part in weights or FACTORS[method]]

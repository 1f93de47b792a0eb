"""Scores of ideas by several methods, and what becomes of the first place when a number is a fifth higher or lower."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import NamedTuple

from ... import framework as fw

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


#: RICE knows these steps; ICE is given from 1 to 10.
_RICE_STEPS = {"impact": (3, 2, 1, 0.5, 0.25), "confidence": (1, 0.8, 0.5)}


def read_ideas(table: fw.Table, method: str, parts: Collection[str]) -> Ideas:
    """Return the ideas that have every part; if several people gave a number, their mean counts.

    Args:
        table: with the column idea, and with criterion and score, or with the factors of the method.
        method: a key of `FACTORS`.
        parts: criteria or factors that an idea needs.
    """
    given: dict[str, dict[str, list[float]]] = {}
    criterion_of = fw.spelled(table.texts("criterion"))
    columns = ["score"] if method == "weighted" else list(parts)
    numbers = {column: table.maybe_numbers(column) for column in columns}
    for idea, rows in fw.grouped(table.texts("idea")).items():
        found = given.setdefault(idea, {})
        for row in rows:
            for column in columns:
                value = numbers[column][row]
                if value is not None:
                    part = criterion_of[row] if method == "weighted" else column
                    found.setdefault(part, []).append(_read(method, part, value))
    return {
        idea: {part: sum(found[part]) / len(found[part]) for part in parts}
        for idea, found in given.items()
        if parts and all(part in found for part in parts)
    }


def is_on_scale(table: fw.Table, method: str) -> bool:
    """Tell whether all numbers are among those that ICE or RICE knows."""
    if method == "rice":
        return all(
            value is None or _read(method, part, value) in steps
            for part, steps in _RICE_STEPS.items()
            for value in table.maybe_numbers(part)
        )
    return all(value is None or 1 <= value <= 10 for part in FACTORS[method] for value in table.maybe_numbers(part))


def _read(method: str, part: str, value: float) -> float:
    """Return a factor as the method takes it; confidence of RICE may be written in percent."""
    return value / 100 if method == "rice" and part == "confidence" and value > 1 else value

"""Scores that several raters gave to ideas: means, who decides the first place, how far raters agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ... import framework as fw

#: Means that differ by less are equal, however the scores were added up.
_DIGITS = 9

#: Of one idea: for each criterion the sum of scores and how many there are.
Sums = Mapping[str, tuple[float, int]]


class JudgedIdea(NamedTuple):
    """One idea: the sums of its scores, the means that each rater gave, and when it came and was answered."""

    name: str
    sums: Sums
    by_rater: Mapping[str, Sums]
    received: date | None
    answered: date | None

    @property
    def mean(self) -> float:
        """Mean of the means of its criteria, 1 to 5."""
        return mean_of(self.sums)


def mean_of(sums: Sums) -> float:
    """Return the mean of the criteria's means; every criterion counts the same, however often it was judged."""
    return round(sum(total / count for total, count in sums.values()) / len(sums), _DIGITS)


def judged_ideas(table: fw.Table) -> list[JudgedIdea]:
    """Return the ideas, best first, equal ones by name."""
    raters, criteria, scores = table.texts("rater"), table.texts("criterion"), table.integers("score")
    received, answered = table.maybe_dates("received"), table.maybe_dates("answered")
    ideas = []
    for name, rows in fw.grouped(table.texts("idea_id")).items():
        sums: dict[str, tuple[float, int]] = {}
        by_rater: dict[str, dict[str, tuple[float, int]]] = {}
        for row in rows:
            for added in (sums, by_rater.setdefault(raters[row], {})):
                total, count = added.get(criteria[row], (0.0, 0))
                added[criteria[row]] = (total + scores[row], count + 1)
        ideas.append(JudgedIdea(name, sums, by_rater, _first(received, rows), _first(answered, rows)))
    return sorted(ideas, key=lambda idea: (-idea.mean, idea.name))


def _first(days: Sequence[date | None], rows: Sequence[int]) -> date | None:
    return min((day for row in rows if (day := days[row])), default=None)


def raters_who_decide(ideas: Sequence[JudgedIdea], raters: Sequence[str]) -> list[str]:
    """Return the raters without whose scores the first idea would no longer be ahead of all others."""
    judged: dict[str, list[int]] = {rater: [] for rater in raters}
    for place, idea in enumerate(ideas):
        for rater in idea.by_rater:
            judged[rater].append(place)
    return [rater for rater in raters if not _stays_first(ideas, rater, judged[rater])]


def _stays_first(ideas: Sequence[JudgedIdea], rater: str, judged: Sequence[int]) -> bool:
    """Tell whether the first idea still has the highest mean; only ideas that the rater judged change theirs."""
    touched = set(judged)
    first = _mean_without(ideas[0], rater)
    others = [_mean_without(ideas[place], rater) for place in judged if place]
    # The ideas are ordered: of those that stay as they are the first one has the highest mean.
    others.append(next((idea.mean for place, idea in enumerate(ideas) if place and place not in touched), None))
    return first is not None and all(first >= other for other in others if other is not None)


def _mean_without(idea: JudgedIdea, rater: str) -> float | None:
    """Return the mean without one rater's scores; None if nothing is left."""
    own = idea.by_rater.get(rater, {})
    left = {}
    for criterion, (total, count) in idea.sums.items():
        minus, fewer = own.get(criterion, (0.0, 0))
        if count > fewer:
            left[criterion] = (total - minus, count - fewer)
    return mean_of(left) if left else None


def agreement_of(ideas: Sequence[JudgedIdea], raters: Sequence[str]) -> fw.Concord | None:
    """Return how far raters agree on the order of the ideas that every one of them judged."""
    common = [idea for idea in ideas if len(idea.by_rater) == len(raters)]
    return fw.concord([[mean_of(idea.by_rater[rater]) for idea in common] for rater in raters])

"""How exact an answer of some customers is about all of them, when all are not very many, and the surveys of a firm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg


def margin_of(answers: int, customers: int | None, share: float = 0.5) -> float:
    """Return the margin of error, 0 to 1 (Cochran 1977): z √(p(1-p)/n), times √((N-n)/(N-1)) for few customers.

    Args:
        answers: n, at least 1.
        customers: N, at least ``answers``; None for very many.
        share: p, the share that is measured, 0 to 1; at one half the margin is largest.
    """
    return fw.Z * math.sqrt(share * (1 - share) / answers) * _correction(answers, customers)


def _correction(answers: int, customers: int | None) -> float:
    """Return what the margin shrinks by because a good part of all customers answered; 0 if all did."""
    if customers is None:
        return 1.0
    return math.sqrt((customers - answers) / (customers - 1)) if customers > answers else 0.0


def answers_needed(margin: float, customers: int | None, share: float = 0.5) -> int:
    """Return how many answers have a margin of at most about ``margin`` (Cochran 1977), at most all customers.

    Args:
        margin: above 0, to 1.
        customers: all there are, at least 1; None for very many.
        share: the share that is measured, between 0 and 1.
    """
    needed = fw.Z * fw.Z * share * (1 - share) / margin**2
    if customers is not None:
        needed = needed / (1 + (needed - 1) / customers)
    return max(1, math.ceil(needed - fw.EPSILON))


def interval_of(hits: int, answers: int, customers: int | None) -> fw.Interval:
    """Return the share ``hits / answers`` with Wilson's interval, narrower the more of all customers answered.

    The answers count as so many as would be as exact among very many customers. The interval leaves out one half
    exactly if the share is farther from it than the margin.

    Args:
        hits: 0 to ``answers``.
        answers: at least 1.
        customers: at least ``answers``; None for very many.
    """
    correction = _correction(answers, customers)
    if correction == 0:
        return fw.Interval(hits / answers, hits / answers, hits / answers)
    worth = answers / correction**2
    return fw.wilson(hits / answers * worth, worth)


class Survey(NamedTuple):
    """One row of the table; without a day it is the oldest."""

    day: date
    answers: int
    customers: int | None
    invited: int | None
    satisfied: int | None

    @property
    def fits(self) -> bool:
        """Whether nobody was counted who could not be."""
        counts = (self.satisfied, self.answers, self.invited, self.customers)
        known = [number for number in counts if number is not None]
        return known == sorted(known)

    @property
    def response(self) -> float | None:
        """The share of those invited who answered, above 0 to 1."""
        return self.answers / self.invited if self.invited and 0 < self.answers <= self.invited else None

    @property
    def cleared(self) -> Survey:
        """The survey without the numbers that contradict its answers."""
        return self._replace(
            customers=self.customers if self.customers is not None and self.customers >= self.answers else None,
            satisfied=self.satisfied if self.answers and (self.satisfied or 0) <= self.answers else None,
        )


def surveys_of(table: fw.Table) -> list[Survey]:
    """Return the surveys by their days; of the same day, those with more answers last.

    Args:
        table: with the column answers, and if known date, customers, invited and satisfied.
    """
    customers, invited, satisfied = (
        [int(number) if number is not None else None for number in table.maybe_numbers(key)]
        for key in ("customers", "invited", "satisfied")
    )
    days = [day or date.min for day in table.maybe_dates("date")]
    surveys = map(Survey, days, table.integers("answers"), customers, invited, satisfied)
    return sorted(surveys, key=lambda survey: [(number is not None, number) for number in survey])


def survey_table(surveys: Sequence[Survey], expected: float) -> fw.ResultTable:
    """Return the margin of each survey that had answers, for a share of so much, 0 to 1."""
    return fw.Rows("surveys", msg("Your surveys"), [survey.cleared for survey in surveys if survey.answers]).shown(
        fw.Shown("day", msg("Day"), lambda known: None if known.day == date.min else fw.day_text(known.day)),
        fw.Shown("answers", msg("Answers"), lambda known: known.answers),
        fw.Shown(
            "margin",
            msg("Plus or minus"),
            lambda known: 100 * margin_of(known.answers, known.customers, expected),
            fw.Unit.POINTS,
        ),
        fw.Shown(
            "satisfied",
            msg("Satisfied"),
            lambda known: None if known.satisfied is None else 100 * known.satisfied / known.answers,
            fw.Unit.PERCENT,
        ),
    )

"""Surveys that a firm made: who was asked, who answered, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg
from .sampling import margin_of


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
    return fw.table_of(
        "surveys",
        msg("Your surveys"),
        [survey.cleared for survey in surveys if survey.answers],
        fw.Shown("day", msg("Day"), lambda known: None if known.day == date.min else known.day.isoformat()),
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

"""A conjoint study: cards and ratings read out of one table, and tables of what matters and what levels are worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg
from .cards import CardLevels, Respondent, levels_of


class Study(NamedTuple):
    """What was asked and answered.

    ``attributes`` are the places of the columns that hold levels; ``levels`` are alphabetical; ``ratings`` are those of
    people who rated all cards, more is better; ``is_clear`` says that each card has the same levels in all its rows.
    """

    attributes: Sequence[int]
    cards: Sequence[CardLevels]
    levels: Sequence[Sequence[str]]
    ratings: Mapping[str, Sequence[float]]
    cards_left_out: int
    people_left_out: int
    is_clear: bool


def read_study(table: fw.Table, columns: Sequence[str], *, is_rank: bool) -> Study:
    """Collect cards and ratings; levels of a card need to stand in one of its rows only.

    Args:
        table: with the columns respondent, card and rating.
        columns: those that may hold levels.
        is_rank: 1 is the best, so ranks are turned round.
    """
    attributes = [index for index, key in enumerate(columns) if table.has(key)]
    spelled = [fw.spelled(table.texts(columns[index])) for index in attributes]
    shown: dict[str, Counter[tuple[str, ...]]] = {}
    given: dict[str, dict[str, list[float]]] = {}
    for row, (person, card, rating) in enumerate(
        zip(table.texts("respondent"), table.texts("card"), table.numbers("rating"), strict=True)
    ):
        found = shown.setdefault(card, Counter())
        levels = tuple(column[row] for column in spelled)
        if levels and all(levels):
            found[levels] += 1
        given.setdefault(person, {}).setdefault(card, []).append(rating)
    keys = sorted(card for card, found in shown.items() if found)
    cards = [max(sorted(shown[card]), key=shown[card].__getitem__) for card in keys]
    sign = -1 if is_rank else 1
    ratings = {
        person: [sign * sum(rated[card]) / len(rated[card]) for card in keys]
        for person, rated in given.items()
        if keys and all(card in rated for card in keys)
    }
    return Study(
        attributes,
        cards,
        levels_of(cards),
        ratings,
        cards_left_out=len(shown) - len(keys),
        people_left_out=len(given) - len(ratings),
        is_clear=all(len(found) <= 1 for found in shown.values()),
    )


def importance_table(
    titles: Sequence[fw.Text | str], importance: Sequence[fw.Interval], order: Sequence[int]
) -> fw.ResultTable:
    """Return what matters to people when they choose; ``order`` begins with what matters most."""
    return fw.Rows("importance", msg("Importance of the attributes"), order).shown(
        fw.Shown("attribute", msg("Attribute"), lambda index: titles[index]),
        fw.Shown("importance", msg("Importance"), lambda index: importance[index].value, fw.Unit.PERCENT),
        fw.Shown("low", msg("at least"), lambda index: importance[index].low, fw.Unit.PERCENT),
        fw.Shown("high", msg("at most"), lambda index: importance[index].high, fw.Unit.PERCENT),
    )


def worth_table(
    titles: Sequence[fw.Text | str], people: Sequence[Respondent], study: Study, order: Sequence[int]
) -> fw.ResultTable:
    """Return what each level is worth to people, the mean with its interval."""
    worths = [
        (titles[index], level, fw.mean_interval([person.worths[index][place] for person in people]))
        for index in order
        for place, level in enumerate(study.levels[index])
    ]
    return fw.Rows("worths", msg("Part-worths of the levels"), worths).shown(
        fw.Shown("attribute", msg("Attribute"), lambda entry: entry[0]),
        fw.Shown("level", msg("Level"), lambda entry: entry[1]),
        fw.Shown("worth", msg("Part-worth"), lambda entry: entry[2].value, decimals=2),
        fw.Shown("low", msg("at least"), lambda entry: entry[2].low, decimals=2),
        fw.Shown("high", msg("at most"), lambda entry: entry[2].high, decimals=2),
    )

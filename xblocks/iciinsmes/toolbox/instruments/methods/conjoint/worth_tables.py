"""Tables of a conjoint analysis: what matters, and what each level is worth."""

from __future__ import annotations

from collections.abc import Sequence

from ... import framework as fw
from ...framework import msg
from .card_table import Study
from .cards import Respondent


def importance_table(
    titles: Sequence[fw.Text | str], importance: Sequence[fw.Interval], order: Sequence[int]
) -> fw.ResultTable:
    """Return what matters to people when they choose; ``order`` begins with what matters most."""
    return fw.table_of(
        "importance",
        msg("Importance of the attributes"),
        order,
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
    return fw.table_of(
        "worths",
        msg("Part-worths of the levels"),
        worths,
        fw.Shown("attribute", msg("Attribute"), lambda entry: entry[0]),
        fw.Shown("level", msg("Level"), lambda entry: entry[1]),
        fw.Shown("worth", msg("Part-worth"), lambda entry: entry[2].value, decimals=2),
        fw.Shown("low", msg("at least"), lambda entry: entry[2].low, decimals=2),
        fw.Shown("high", msg("at most"), lambda entry: entry[2].high, decimals=2),
    )

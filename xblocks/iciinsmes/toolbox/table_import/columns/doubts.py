"""Columns of numbers that mean something else than the instrument does: to be turned round by whoever knows."""

from __future__ import annotations

import re

from iciinsmes.toolbox.instruments.framework import Column, Text, ValueKind, msg

from ..cells.amounts import labelled, numbers
from ..languages import all_words
from ..names import plain_name
from ..sheet import Percent, Sheet, is_filled

#: Czech and Slovak marks are like German ones, and their countries border on two of the packs.
_NAMES = frozenset(map(plain_name, (*all_words(lambda pack: pack.best_is_one), "známka")))
_PRAISE = "|".join(map(re.escape, sorted(map(plain_name, all_words(lambda pack: pack.praise)), key=len, reverse=True)))
#: A heading that explains its scale: ``1 = very good``, ``sehr gut (1)``.
_EXPLAINED = re.compile(rf"(?<!\w)1 (?:ist |is |er |jest |bedeutet |means )?(?:{_PRAISE})\b|\b(?:{_PRAISE}) 1(?!\w)")
_PRAISED = re.compile(rf"(?:{_PRAISE})\b")
_LOWEST, _HIGHEST = 1, 6
_HUNDRED = 100


def doubt_about(column: Column, sheet: Sheet, index: int) -> Text | None:
    """Return what somebody is to do before a column of a sheet can be read; None if there is no doubt.

    Marks of which 1 is the best, where the instrument means the highest, and shares of 1 where it means percent.
    """
    if column.kind not in (ValueKind.INTEGER, ValueKind.NUMBER) or column.minimum is None or column.maximum is None:
        return None
    cells = set(filter(is_filled, sheet.column(index)))
    values = [value for value in numbers(cells, sheet.comma_is_decimal) if value is not None]
    heading = plain_name(f"{sheet.names[index]} {sheet.questions[index] if sheet.questions else ''}")
    is_school = any(word.endswith(name) for word in heading.split() for name in _NAMES)
    if (
        _EXPLAINED.search(heading)
        or (is_school and values and all(_LOWEST <= value <= _HIGHEST for value in values))
        or any(found and found.size == _LOWEST and _PRAISED.match(found.words) for found in map(labelled, cells))
    ):
        return msg(
            "“%(column)s” looks like school marks, of which 1 is the best; here the highest number is the best. Turn "
            "them round (of 1 to 5: 6 minus the mark) and give the column another name, such as “Score”.",
            column=sheet.names[index],
        )
    are_shares = column.maximum == _HUNDRED and len(values) > 1 and 0 < max(values) <= 1
    if are_shares and not any(isinstance(cell, Percent) or "%" in str(cell) for cell in cells):
        return msg(
            "“%(column)s” holds shares of 1, and percent is meant: write 45 in place of 0.45.",
            column=sheet.names[index],
        )
    return None

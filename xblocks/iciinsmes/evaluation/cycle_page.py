"""A cycle as staff see it: means with a bar each, what stopped, texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from iciinsmes.lib.bars import bars
from iciinsmes.lib.report_tables import Column, ReportTable, shown

from .data import STATEMENTS, CycleFigures
from .labels import OBSTACLE_WORDS, STATEMENT_WORDS


def shown_cycle(cycle: CycleFigures, number: int) -> dict[str, Any]:
    """Return title, number of answers, tables and texts of a cycle; no tables before the first five answers.

    Args:
        cycle: what staff may see of it.
        number: of the cycle on the page.
    """
    published = cycle.published
    if not published.answers:
        return {"title": cycle.title, "answers": 0}
    means = [(str(STATEMENT_WORDS[key]), _mean(published.sums[key], published.answers)) for key in STATEMENTS]
    stopped = [(str(words), published.obstacles[key.value]) for key, words in OBSTACLE_WORDS.items()]
    tables = (
        ReportTable(
            _("Statements, from 1 to 5"),
            (Column(_("Statement")), Column(_("Mean"), is_number=True)),
            means,
            bars(_("Mean"), means),
        ),
        ReportTable(
            _("What stopped people"),
            (Column(_("Obstacle")), Column(_("Answers"), is_number=True)),
            stopped,
            bars(_("Answers"), stopped),
        ),
    )
    return {
        "title": cycle.title,
        "answers": published.answers,
        "tables": [shown(table) for table in tables],
        "texts": cycle.texts,
        "place": f"{number}-",
    }


def _mean(total: int, answers: int) -> Decimal:
    return round(Decimal(total) / answers, 1)

"""The staff's page: firms with the medians of their persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iciinsmes.companies.api import companies_by_id

from .data import CompanyLine, StaffPage
from .labels import LEVELS, QUADRANTS, number_words, show
from .rules import level, quadrant


@dataclass(frozen=True)
class Firm:
    """A firm in words."""

    name: str
    persons: int
    responsive: str
    proactive: str
    field: str
    level: str
    dimensions: tuple[str, ...]


def staff_context(page: StaffPage) -> dict[str, Any]:
    """Return what the template needs; names of the firms take one query."""
    found = companies_by_id(company_ids=[line.company_id for line in page.lines])
    return {
        "titles": [show(title) for title in page.titles.values()],
        "firms": [_firm(line, found[line.company_id].name) for line in page.lines if line.company_id in found],
        "next_after": page.next_after,
    }


def _firm(line: CompanyLine, name: str) -> Firm:
    where = quadrant(line.responsive, line.proactive)
    return Firm(
        name=name,
        persons=line.persons,
        responsive=number_words(line.responsive),
        proactive=number_words(line.proactive),
        field=str(QUADRANTS[where]) if where else "",
        level=str(LEVELS[level(line.overall)]) if line.overall is not None else "",
        dimensions=tuple(number_words(value) for _code, value in line.dimensions),
    )

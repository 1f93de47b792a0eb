"""The order in which staff see projects: the worst light first, then by the firm's name, what has ended last.

It is kept with each run of a project, so that a page of a run with ten thousand costs what one of a hundred does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from iciinsmes.companies import api as companies

from .data import Light
from .models import Project, ProjectRun

ENDED = "9"
#: Ranks of lights as they stand before the name.
RANKS: Mapping[Light, str] = {Light.RED: "0", Light.AMBER: "1", Light.BLUE: "2", Light.GREEN: "3"}


def rank_of(row: Project) -> str:
    """Return the rank of a project by its light, or that it has ended."""
    return RANKS[Light(row.light)] if row.ended_on is None else ENDED


def keep_place(row: Project, runs: Iterable[ProjectRun]) -> None:
    """Write down where a project stands among others, where its light says something else than before.

    A firm's new name counts from the next night on.

    Args:
        row: the project, with its present light.
        runs: of the project.
    """
    moved = [run for run in runs if run.place[:1] != rank_of(row)]
    if moved:
        keep_places([row], {row.pk: moved})


def keep_places(rows: Iterable[Project], runs: Mapping[UUID, Iterable[ProjectRun]]) -> None:
    """Write down where projects stand, firms' present names among it; one query, and another one if something moved.

    Args:
        rows: projects, with their present lights.
        runs: of each project, by its id.
    """
    rows = list(rows)
    firms = companies.companies_by_id(company_ids={row.company_id for row in rows})
    moved = []
    for row in rows:
        place = f"{rank_of(row)} {firms[row.company_id].name}"
        for run in runs.get(row.pk, ()):
            if run.place != place:
                run.place = place
                moved.append(run)
    if moved:
        ProjectRun.objects.bulk_update(moved, ["place"])

"""Data sets and results as lists show them: with the title of the instrument, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import company_names
from iciinsmes.platform import labels
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import show

from .data import AttemptLine, AttemptPage, DataSetData, Line, ResultLine, SharedPage


@dataclass(frozen=True)
class Titled(Generic[Line]):
    """A line with the title of its instrument."""

    line: Line
    instrument: str


@dataclass(frozen=True)
class SharedResult(Titled[Line]):
    """A line that somebody shares; ``company`` is empty where there was none."""

    learner: str
    company: str


def titled(lines: Iterable[Line]) -> list[Titled[Line]]:
    """Return lines with the titles of their instruments."""
    return [Titled(line, _title(line)) for line in lines]


def shared_lines(page: SharedPage[Line], course_key: CourseKey) -> list[SharedResult[Line]]:
    """Return lines with learner and firm, in the same number of queries for any number of lines."""
    names, companies = _names_and_companies(page.lines, course_key)
    return [
        SharedResult(line, _title(line), names.get(line.owner_id, ""), companies.get(line.company_id or 0, ""))
        for line in page.lines
    ]


def attempt_lines(page: AttemptPage, course_key: CourseKey) -> list[tuple[AttemptLine, str, str]]:
    """Return attempts with learner and firm, in the same number of queries for any number of lines."""
    names, companies = _names_and_companies(page.lines, course_key)
    return [(line, names.get(line.owner_id, ""), companies.get(line.company_id or 0, "")) for line in page.lines]


def _names_and_companies(
    lines: Sequence[DataSetData | ResultLine | AttemptLine], course_key: CourseKey
) -> tuple[dict[int, str], dict[int, str]]:
    ids = {line.company_id for line in lines if line.company_id is not None}
    owners = {line.owner_id for line in lines}
    return labels(owners, course_key), company_names(company_ids=ids, course_key=course_key)


def _title(line: DataSetData | ResultLine) -> str:
    return show(toolbox.find_instrument(name=line.instrument).title, reader_language())

"""What a report is: its tables, what they can be narrowed to, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.report_tables import ReportTable
from iciinsmes.platform import host


@dataclass(frozen=True)
class ReportChoice:
    """What a report can be narrowed to: name of the field, its label, and value, words and whether it is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Report:
    """Tables, what they can be narrowed to, sentences below them, and the mark of the next page."""

    tables: tuple[ReportTable, ...]
    choices: tuple[ReportChoice, ...] = ()
    notes: tuple[str, ...] = ()
    next_after: str = ""


@dataclass(frozen=True)
class ReportReader:
    """Who reads a report of which course run.

    ``limited_to`` are the only learners whose work the person may see, unevaluated; None for no such limit. What
    ``leaves`` the course hides small groups; ``everything`` asks for all rows instead of a page.
    """

    user_id: int
    course_key: CourseKey
    limited_to: QuerySet[Any] | None
    leaves: bool = False
    everything: bool = False

    def learners(self) -> QuerySet[Any]:
        """Return the accounts of the learners that the person may see, unevaluated."""
        rows = host().learners(self.course_key)
        return rows if self.limited_to is None else rows.filter(pk__in=self.limited_to)


@dataclass(frozen=True)
class ReportKind:
    """A report: what it is called, what it tells, and what makes it."""

    title: str | Promise
    lead: str | Promise
    build: Callable[[ReportReader, QueryDict], Report]

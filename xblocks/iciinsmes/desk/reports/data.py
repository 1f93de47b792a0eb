"""What a report is: tables with what stands in their cells, the same for page, print and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.platform import host


@dataclass(frozen=True)
class Mark:
    """A cell in words, with a sign and a colour that say the same; a file has only the words.

    ``tone`` is good, warn, calm, bad or empty; ``url`` leads to what it is about; ``note`` is small print; of what
    ``is_quiet`` eyes get the sign alone.
    """

    words: str
    tone: str = ""
    sign: str = ""
    url: str = ""
    note: str = ""
    is_quiet: bool = False


Entry = Cell | Mark
Row = Sequence[Entry]


@dataclass(frozen=True)
class Column:
    """A heading; where it is short, ``full`` says it in full."""

    title: str
    full: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class ReportTable:
    """A table, and a chart of the same numbers beside it where there is one.

    ``rows`` may be made while they are read; whoever reads them reads them once.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    chart: SafeString | str = ""


@dataclass(frozen=True)
class Choice:
    """What a report can be narrowed to: name of the field, its label, and value, words and whether it is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Report:
    """Tables, what they can be narrowed to, sentences below them, and the mark of the next page."""

    tables: tuple[ReportTable, ...]
    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    next_after: str = ""


@dataclass(frozen=True)
class Reader:
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
    build: Callable[[Reader, QueryDict], Report]


def words_of(entry: Entry) -> Cell:
    """Return what a file has of a cell."""
    if not isinstance(entry, Mark):
        return entry
    return f"{entry.words} ({entry.note})" if entry.note else entry.words

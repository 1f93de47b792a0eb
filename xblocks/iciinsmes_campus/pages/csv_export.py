"""The gradebook as lines of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes_campus.grading.data import CourseGrade, GradingPlan, SubsectionGrade, percent


@dataclass(frozen=True)
class GradebookTable:
    """How the lines are written; the texts are fixed first, for the language may change while the file is sent."""

    delimiter: str
    decimal_point: str
    yes: str
    no: str
    waiting: str
    titles: tuple[str, str, str, str, str]

    def head(self, plan: GradingPlan) -> str:
        """Return the first line: byte order mark and titles."""
        number, name, company, percent, passed = self.titles
        columns = [f"{column.label}: {column.node.display_name}, %" for column in plan.columns]
        return BYTE_ORDER_MARK + self._write([number, name, company, *columns, percent, passed])

    def line(self, user_id: int, name: str, company: str, grade: CourseGrade) -> str:
        """Return one learner's line."""
        cells = [self._cell(entry) for entry in grade.subsections]
        passed = self.yes if grade.passed else self.no
        return self._write([str(user_id), name, company, *cells, str(percent(grade.fraction)), passed])

    def _cell(self, entry: SubsectionGrade) -> str:
        if not entry.attempted:
            return self.waiting if entry.waiting else ""
        share = Decimal(str((entry.points.fraction or 0) * 100)).quantize(Decimal("0.1"))
        return str(share).replace(".", self.decimal_point)

    def _write(self, cells: Sequence[str]) -> str:
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter).writerow([harmless(cell) for cell in cells])
        return line.getvalue()


def table_for_language() -> GradebookTable:
    """Return a table in the active language: where a comma is the decimal point, a semicolon separates the cells."""
    point = formats.get_format("DECIMAL_SEPARATOR")
    return GradebookTable(
        delimiter=";" if point == "," else ",",
        decimal_point=point,
        yes=_("yes"),
        no=_("no"),
        waiting=_("waits for a result"),
        titles=(_("Number"), _("Name"), _("Firm"), _("Final grade, %"), _("Passed")),
    )

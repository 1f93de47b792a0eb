"""How often which points were given for each criterion of an assignment."""

from __future__ import annotations

from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.bars import bars
from iciinsmes.lib.decimals import written
from iciinsmes.lib.report_tables import Column, ReportTable, Row, count_or_hidden
from iciinsmes.lib.suppression import shown_counts
from iciinsmes.review import api as review
from iciinsmes.review.api import CriterionCounts

from .assignment_choice import chosen_assignment
from .data import Report, ReportReader


def by_criterion(reader: ReportReader, asked: QueryDict) -> Report:
    """Return a table and a chart for each criterion, of each learner's newest result that counts."""
    usage_key, _title, choices = chosen_assignment(reader, asked)
    if usage_key is None:
        return Report(tables=())
    subjects = assignments.counting_results(usage_key=usage_key, owners=reader.limited_to)
    found = review.distribution_of(subjects=subjects)
    return Report(tables=tuple(_table(each, leaves=reader.leaves) for each in found), choices=choices)


def _table(each: CriterionCounts, *, leaves: bool) -> ReportTable:
    known = {written(points): count for points, count in each.counts}
    shown: dict[str, int | None] = {**known, **(shown_counts(known) if leaves else {})}
    hides = any(count is None for count in shown.values())
    rows: list[Row] = [[words, count_or_hidden(count)] for words, count in shown.items()]
    # A mean of figures that are hidden would help to compute them.
    if each.mean is not None and not hides:
        rows.append([_("Mean"), round(each.mean, 2)])
    title = _("%(criterion)s, of %(possible)s points") % {"criterion": each.title, "possible": written(each.possible)}
    columns = (Column(_("Points")), Column(_("Results"), is_number=True))
    lines: list[tuple[str, Decimal | int | None]] = list(shown.items())
    return ReportTable(title, columns, rows, bars(title, lines))

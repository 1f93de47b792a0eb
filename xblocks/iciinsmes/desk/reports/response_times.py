"""How long learners waited for an answer, in working days of the staff: by week and by assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from math import ceil
from statistics import median

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.bars import bars
from iciinsmes.lib.report_tables import Column, ReportTable, Row
from iciinsmes.platform import zones
from iciinsmes.projects import api as projects

from .data import Report, ReportReader
from .standing import days_since

_WEEKS = 26


def response_times(reader: ReportReader, _asked: QueryDict) -> Report:
    """Return median and 90th percentile of what was handed in during half a year and is answered."""
    since = timezone.now() - timedelta(weeks=_WEEKS)
    time = projects.answer_times(course_keys=[reader.course_key])[reader.course_key]
    by_week: dict[str, list[int]] = {}
    by_assignment: dict[str, list[int]] = {}
    for each in assignments.answers(course_key=reader.course_key, since=since, owners=reader.limited_to):
        days = days_since(each.asked_at, time, each.answered_at)
        year, week, _day = each.answered_at.astimezone(zones.of_site()).isocalendar()
        by_week.setdefault(f"{year}-{week:02}", []).append(days)
        by_assignment.setdefault(each.title, []).append(days)
    limit = time.thresholds.answer_working_days
    return Report(
        tables=(
            _table(_("By week of the answer"), _("Week"), dict(sorted(by_week.items())), limit, with_chart=True),
            _table(_("By assignment"), _("Assignment"), dict(sorted(by_assignment.items())), limit),
        )
        if by_week
        else (),
        notes=(
            _("What was handed in during the last %(weeks)s weeks and is answered.") % {"weeks": _WEEKS},
            _("90th percentile: nine of ten answers took no longer."),
            _("Where a mentor has to confirm first, time runs from then on."),
        ),
    )


def percentile(values: Sequence[int], share: Decimal) -> int:
    """Return the smallest of the values that at least this share of them does not exceed; there is one at least."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def _table(
    title: str, what: str, groups: Mapping[str, Sequence[int]], limit: int, *, with_chart: bool = False
) -> ReportTable:
    columns = (
        Column(what),
        Column(_("Answers"), is_number=True),
        Column(_("Median"), _("Median, working days"), is_number=True),
        Column(_("90 %"), _("90th percentile, working days"), is_number=True),
        Column(_("Too late"), _("Later than %(limit)s working days") % {"limit": limit}, is_number=True),
    )
    rows: list[Row] = [
        [
            key,
            len(days),
            Decimal(str(median(days))),
            percentile(days, Decimal("0.9")),
            sum(1 for each in days if each > limit),
        ]
        for key, days in groups.items()
    ]
    chart = bars(_("Median, working days"), [(str(row[0]), Decimal(str(row[2]))) for row in rows]) if with_chart else ""
    return ReportTable(title, columns, rows, chart)

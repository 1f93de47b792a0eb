"""What the pages of early warning show, in the reader's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.decimals import written
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show

from . import api
from .chart import chart_of, small_chart
from .data import AlarmData, CellChange, Colour, MonthCell, PeriodState
from .evaluation import Judgement
from .facts import Fact
from .indicators import INDICATORS, Indicator
from .labels import (
    HINTS,
    NOTHING,
    QUANTITIES,
    STATES,
    colour_view,
    fact_words,
    month_words,
    period_words,
    reason_words,
    title_of,
    value_words,
    year_words,
)

_ORDER = {Colour.RED: 0, Colour.AMBER: 1, Colour.GREEN: 2, Colour.GREY: 3}
#: Rows of the table beside a chart in a block; the page of the indicator has all.
_SHORT = 13


def firm_context(page: api.FirmPage, course_key: CourseKey, only: Collection[str] = ()) -> Mapping[str, Any]:
    """Return what the page of a firm shows: open alarms first, then the indicators, those that warn before the others.

    Args:
        page: the firm.
        course_key: the run in whose light it is read.
        only: show these indicators only; all that the firm keeps for none.
    """
    company_id = page.reader.company_id
    keys = [key for key in (only or page.watch.kept) if key in INDICATORS]
    lines = [indicator_line(key, page.facts.get(key), course_key, company_id) for key in keys]
    return {
        "company": page.reader.company,
        "company_id": company_id,
        "course_key": course_key,
        "reader": page.reader,
        "can_change": page.reader.member,
        "lines": sorted(lines, key=lambda line: line["order"]),
        "open_alarms": [alarm_view(each, course_key, company_id) for each in page.open_alarms],
        "more_alarms": page.more_open,
        "closed_alarms": [alarm_view(each, course_key, company_id) for each in page.closed_alarms],
        "has_figures": bool(page.facts),
        "light": colour_view(page.watch.colour),
        "expected": expected_words(len(keys)),
        "last_month": month_words(api.running_month() - 1),
    }


def indicator_line(key: str, fact: Fact | None, course_key: CourseKey, company_id: int) -> Mapping[str, Any]:
    """Return an indicator as a line: its light, its last value, and why."""
    indicator, colour = INDICATORS[key], fact.colour if fact else Colour.GREY
    return {
        "key": key,
        "title": title_of(key),
        "light": colour_view(colour),
        "order": _ORDER[colour],
        "value": value_words(indicator, fact.value) if fact else "",
        "period": period_words(fact.period, fact.grain) if fact else "",
        "words": fact_words(indicator, fact),
        "chart": small_chart(str(title_of(key)), fact.recent) if fact else "",
        "year": year_words(indicator, fact.value, fact.before) if fact else "",
        "url": reverse("iciinsmes:early-indicator", args=[course_key, company_id, key]),
    }


def alarm_view(alarm: AlarmData, course_key: CourseKey, company_id: int) -> Mapping[str, Any]:
    """Return an alarm with its reasons in words."""
    indicator = INDICATORS[alarm.indicator]
    return {
        "alarm": alarm,
        "id": alarm.id,
        "title": title_of(alarm.indicator),
        "period": period_words(alarm.period, alarm.grain),
        "light": colour_view(alarm.colour),
        "why": [reason_words(indicator, each) for each in alarm.reasons],
        "is_open": alarm.is_open,
        "is_answered": alarm.answered_at is not None,
        "url": reverse("iciinsmes:early-alarm", args=[course_key, company_id, alarm.id]),
    }


def tools_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Return the instruments that help with an indicator, as title and address."""
    language = toolbox.reader_language()
    found = [toolbox.find_instrument(name=key) for key in indicator.opens]
    return [
        (f"{each.code} {show(each.title, language)}", reverse("iciinsmes:toolbox-instrument", args=[each.key]))
        for each in found
    ]


def expected_words(count: int) -> str:
    """Return how many false alarms are to be expected of so many indicators in a year."""
    amber = max(round(count * 5 / 12), 1)
    low, high = round(count * 2 / 12), max(round(count * 4 / 12), 1)
    return _(
        "Some alarms are chance: in a quiet year %(count)s indicators show about %(amber)s amber and %(low)s to "
        "%(high)s red months. So look first, and act when you have found a cause."
    ) % {"count": count, "amber": amber, "low": low, "high": high}


def indicator_context(page: api.IndicatorPage, course_key: CourseKey, names: Mapping[int, str]) -> Mapping[str, Any]:
    """Return what the page of an indicator shows: chart and table, stretches, alarms, and earlier figures."""
    indicator, company_id = page.indicator, page.reader.company_id
    return {
        "company": page.reader.company,
        "company_id": company_id,
        "course_key": course_key,
        "reader": page.reader,
        "can_change": page.reader.member,
        "indicator": indicator,
        "title": title_of(indicator.key),
        "chart": chart_of(indicator, page.judged),
        "heads": heads_of(indicator),
        "rows": table_rows(indicator, page.judged, page.cells, course_key, company_id),
        "stretches": [
            {
                "from": month_words(each.segment.first_month),
                "reason": each.reason,
                "by": names.get(each.made_by or 0, ""),
                "at": each.made_at,
                "centre": _centre_words(indicator, each.segment.limits.centre if each.segment.limits else None),
                "count": each.segment.limits.count if each.segment.limits else 0,
                "grain": each.segment.grain.value,
            }
            for each in page.baselines
        ],
        "alarms": [alarm_view(each, course_key, company_id) for each in page.alarms],
        "versions": [
            {
                "month": month_words(each.cell.month),
                "figures": cell_words(each.cell),
                "by": each.label or names.get(each.author_id or 0, ""),
                "until": each.until,
            }
            for each in page.versions
        ],
        "tools": tools_of(indicator),
        "can_begin": page.reader.member and bool(page.cells) and (indicator.needs_baseline or indicator.aggregates),
        "months": [(cell.month, month_words(cell.month)) for cell in reversed(page.cells)],
        "is_small": any(each.segment.grain.value == "quarter" for each in page.baselines),
    }


def heads_of(indicator: Indicator) -> list[str]:
    """Return what is asked for, as the heads of a table."""
    return [str(QUANTITIES[name]) for name in (indicator.numerator, indicator.denominator, indicator.extra) if name]


def table_rows(
    indicator: Indicator,
    judged: Judgement,
    cells: Sequence[MonthCell],
    course_key: CourseKey,
    company_id: int,
) -> list[Mapping[str, Any]]:
    """Return the table beside the chart, the newest period first; each stretch says where it begins."""
    count = len(heads_of(indicator))
    rows: list[Mapping[str, Any]] = []
    for segment, periods in judged:
        for place, each in enumerate(periods):
            point = each.point
            figures = [point.numerator, point.denominator, point.extra]
            asked = [figures[number] for number, name in enumerate(_names(indicator)) if name]
            rows.append(
                {
                    "period": period_words(point.period, segment.grain),
                    "figures": [_figure_words(figure) for figure in asked][:count],
                    "value": value_words(indicator, None if each.value is None else float(each.value)),
                    "light": colour_view(each.colour) if each.state is PeriodState.JUDGED else None,
                    "state": "" if each.state is PeriodState.JUDGED else str(STATES[each.state]),
                    "why": [reason_words(indicator, reason) for reason in each.reasons],
                    "begins": place == 0 and segment is not judged[0][0],
                    "url": f"{reverse('iciinsmes:early-month', args=[course_key, company_id])}"
                    f"?month={point.period if segment.grain.value == 'month' else point.period * 3 + 2}",
                }
            )
    rows.reverse()
    return rows


def window_context(page: api.FirmPage, course_key: CourseKey, judged: Mapping[str, Judgement]) -> Mapping[str, Any]:
    """Return what a block shows: some indicators with chart and the table of the last periods."""
    context = dict(firm_context(page, course_key, tuple(judged)))
    by_key = {line["key"]: line for line in context["lines"]}
    context["charts"] = [
        {
            "line": by_key[key],
            "chart": chart_of(INDICATORS[key], found),
            "heads": heads_of(INDICATORS[key]),
            "rows": table_rows(INDICATORS[key], found, (), course_key, page.reader.company_id)[:_SHORT],
        }
        for key, found in judged.items()
        if found
    ]
    return context


def change_view(change: CellChange) -> Mapping[str, str]:
    """Return a change for the preview of a table: old and new side by side."""
    return {
        "month": month_words(change.new.month),
        "title": title_of(change.new.indicator),
        "old": cell_words(change.old) if change.old else "",
        "new": cell_words(change.new),
    }


def cell_words(cell: MonthCell) -> str:
    """Return the figures of a month, such as ``5 / 210``."""
    figures = [written(each) if each is not None else NOTHING for each in cell.figures]
    indicator = INDICATORS[cell.indicator]
    asked = [figures[number] for number, name in enumerate(_names(indicator)) if name]
    return " / ".join(asked)


def quantities_of(kept: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return what is asked for each month, each quantity once, with the indicators and parts that it fills."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in kept:
        for part, name in zip(("numerator", "denominator", "extra"), _names(INDICATORS[key]), strict=True):
            if name:
                found.setdefault(name, []).append((key, part))
    return found


def quantity_words(name: str) -> tuple[str, str]:
    """Return a quantity and what is to be known about it."""
    return str(QUANTITIES[name]), str(HINTS.get(name, ""))


def _names(indicator: Indicator) -> tuple[str, str, str]:
    return indicator.numerator, indicator.denominator, indicator.extra


def _figure_words(figure: Fraction | None) -> str:
    if figure is None:
        return NOTHING
    return written(Decimal(figure.numerator) / Decimal(figure.denominator))


def _centre_words(indicator: Indicator, centre: Fraction | None) -> str:
    return "" if centre is None else value_words(indicator, float(centre))

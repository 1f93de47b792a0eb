"""A report as tables: a line a course run, a college or a country, a column a measure; and as lines for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.companies.api import country_name
from iciinsmes.lib.bars import bars
from iciinsmes.lib.decimals import percent, written
from iciinsmes.lib.report_tables import Column, Mark, ReportTable, Row
from iciinsmes.lib.spreadsheet_file import Cell

from . import rules
from .data import Figure, RunReport
from .labels import LEVELS, EvaluationLevel, Form, Measure, college_words

#: More bars than that say less than the table.
_MOST_BARS = 24

Group = tuple[str, Sequence[RunReport]]


def groupings() -> dict[str, str]:
    """Return what a report can be read by, with its words."""
    return {"run": _("Course run"), "college": _("College"), "country": _("Country")}


def groups_of(runs: Iterable[RunReport], by: str) -> list[Group]:
    """Return the runs by what they are read by, in the order of its names; those of which it is not known come last."""
    found: dict[tuple[bool, str, str], list[RunReport]] = {}
    for run in runs:
        found.setdefault(_key(run, by), []).append(run)
    return [(name, found[key]) for key in sorted(found) for name in (key[1],)]


def tables_of(runs: Sequence[RunReport], by: str) -> tuple[ReportTable, ...]:
    """Return a table for each level.

    Args:
        runs: of the report.
        by: a key of `groupings`; the last line is all together, where there are several.
    """
    groups = groups_of(runs, by)
    return tuple(_table(level, groups, runs, by) for level in LEVELS)


def lines_of(runs: Sequence[RunReport], by: str) -> Iterator[list[Cell]]:
    """Yield the figures as a file has them: one a line, so that programs can filter and compare them."""
    yield [
        groupings()[by],
        _("Course runs"),
        _("Level"),
        _("Measure"),
        _("Value"),
        _("Number"),
        _("Of"),
        _("Remark"),
    ]
    for name, members in [*groups_of(runs, by), (_("All together"), runs)]:
        for level in LEVELS:
            for measure in level.measures:
                figure = _figure(members, measure)
                start: list[Cell] = [name, len(members), str(level.title), str(measure.full)]
                if figure is None:
                    yield [*start, None, None, None, _("hidden")]
                elif figure.value is None:
                    yield [*start, None, None, None, _("nothing known")]
                else:
                    number = figure.total if measure.form in (Form.COUNT, Form.SHARE) else None
                    yield [*start, _plain(figure, measure), number, figure.base, ""]


def run_name(run: RunReport) -> str:
    """Return a short name of a run: its own, and its college or who gives it."""
    return f"{run.course_key.run} · {run.college or run.course_key.org}"


def _key(run: RunReport, by: str) -> tuple[bool, str, str]:
    if by == "college":
        return not run.college, college_words(run.college), ""
    if by == "country":
        return not run.country, country_name(run.country) if run.country else _("Country not stated"), ""
    return False, run_name(run), str(run.course_key)


def _table(level: EvaluationLevel, groups: Sequence[Group], runs: Sequence[RunReport], by: str) -> ReportTable:
    columns = [Column(groupings()[by])]
    if by != "run":
        columns.append(Column(_("Course runs"), is_number=True))
    columns += [Column(str(each.title), str(each.full), is_number=True) for each in level.measures]
    together: list[Group] = [(_("All together"), runs)] if len(groups) > 1 else []
    rows: list[Row] = []
    for name, members in [*groups, *together]:
        note = _place(members[0]) if by == "run" and len(members) == 1 else ""
        counts = [] if by == "run" else [len(members)]
        rows.append([Mark(name, note=note), *counts, *(_mark(_figure(members, each), each) for each in level.measures)])
    drawn = next(each for each in level.measures if each.key == level.drawn)
    values = [(name, _figure(members, drawn)) for name, members in groups]
    # What nobody knows is no bar of length 0.
    lines = [
        (name, None if figure is None else _plain(figure, drawn))
        for name, figure in values
        if figure is None or figure.base
    ]
    has_chart = 1 < len(lines) <= _MOST_BARS and any(figure and figure.base for _name, figure in values)
    title = _("%(measure)s, %%") % {"measure": drawn.title} if drawn.form in (Form.SHARE, Form.PERCENT) else drawn.title
    return ReportTable(str(level.title), tuple(columns), rows, bars(str(title), lines) if has_chart else "")


def _place(run: RunReport) -> str:
    """Return what is known of a run besides its name, and what is not."""
    country = country_name(run.country) if run.country else _("Country not stated")
    return " · ".join([run.title, *([] if run.college else [college_words("")]), country])


def _figure(runs: Sequence[RunReport], measure: Measure) -> Figure | None:
    return rules.together(run.figures.get(measure.key, Figure(Decimal(0), 0)) for run in runs)


def _plain(figure: Figure, measure: Measure) -> Decimal | int:
    """Return the number that is compared: a share in percent, a mean with one decimal, a count."""
    value = figure.value or Decimal(0)
    if measure.form is Form.COUNT:
        return int(figure.total)
    return round(value * 100, 1) if measure.form is Form.SHARE else round(value, 1)


def _mark(figure: Figure | None, measure: Measure) -> Mark | int:
    if figure is None:
        return Mark(_("hidden"))
    if figure.value is None:
        return Mark(_("nothing known"), sign="–", is_quiet=True)  # noqa: RUF001 - a sign for nothing
    if measure.form is Form.COUNT:
        return int(figure.total)
    if measure.form is Form.SHARE:
        of = _("%(number)s of %(all)s") % {"number": written(figure.total), "all": figure.base}
        return Mark(percent(_plain(figure, measure)), note=of)
    write = percent if measure.form is Form.PERCENT else written
    return Mark(write(Decimal(_plain(figure, measure))), note=_("of %(all)s") % {"all": figure.base})

"""A result as templates show it, in the reader's language: of the demo, of an exercise, of a stored run alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .charts.render import chart_svg
from .data import Chart, Figure, Language, Level, Result, ResultTable, Text, Verdict, show, show_value
from .instruments.framework import Cell, Unit, msg


@dataclass(frozen=True)
class VerdictPart:
    """What the numbers mean: never by colour alone. ``tone`` is a class of iciinsmes.css."""

    tone: str
    icon: str
    word: str
    text: str


@dataclass(frozen=True)
class FigureTile:
    """One number with its unit, or a word; ``interval`` is empty where there is none, and so is ``n`` with None."""

    title: str
    value: str
    is_word: bool
    unit: str
    interval: str
    n: int | None


@dataclass(frozen=True)
class TablePart:
    """A table of words; ``is_number`` tells for each column whether it is set to the end of its cells."""

    key: str
    title: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True)
class ChartPart:
    """A picture with the table of its numbers; None if an earlier chart already brought that table.

    The picture comes for a narrow and for a wide place; the page shows the one that fits.
    """

    title: str
    narrow: SafeString
    wide: SafeString
    table: TablePart | None


@dataclass(frozen=True)
class ResultPage:
    """Everything that `toolbox/result.html` shows; ``tables`` are those that no chart draws."""

    verdict: VerdictPart
    figures: tuple[FigureTile, ...]
    charts: tuple[ChartPart, ...]
    tables: tuple[TablePart, ...]
    notes: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def has_intervals(self) -> bool:
        """Tell whether any figure has an interval, which is then explained once."""
        return any(figure.interval for figure in self.figures)


_LEVELS: Mapping[Level, tuple[str, str, Text]] = {
    Level.GOOD: ("good", "✓", msg("Good news")),
    Level.NEUTRAL: ("calm", "●", msg("In between")),
    Level.ATTENTION: ("warn", "▲", msg("Look here first")),
    Level.TOO_LITTLE_DATA: ("plain", "◇", msg("Too little data")),
}
_UNITS: Mapping[Unit, Text] = {Unit.POINTS: msg("points"), Unit.DAYS: msg("days")}


def result_page(result: Result, language: Language) -> ResultPage:
    """Return a result in the words, numbers and pictures of a language."""
    drawn: set[str] = set()
    charts = []
    for chart in result.charts:
        charts.append(_chart(chart, result, language, with_table=chart.table not in drawn))
        drawn.add(chart.table)
    return ResultPage(
        verdict=_verdict(result.verdict, language),
        figures=tuple(_figure(figure, language) for figure in result.figures),
        charts=tuple(charts),
        tables=tuple(table_part(table, language) for table in result.tables if table.key not in drawn and table.rows),
        notes=tuple(show(note, language) for note in result.notes),
        unmet=tuple(show(condition.text, language) for condition in result.conditions if not condition.met),
    )


def table_part(table: ResultTable, language: Language) -> TablePart:
    """Return a table in the words of a language."""
    columns = [_is_numeric(table.column(heading.key)) for heading in table.headings]
    return TablePart(
        key=table.key,
        title=show(table.title, language),
        headings=tuple(zip((show(heading.title, language) for heading in table.headings), columns, strict=True)),
        rows=tuple(
            tuple(
                (show_value(cell, heading.unit, heading.decimals, language), flag)
                for cell, heading, flag in zip(row, table.headings, columns, strict=True)
            )
            for row in table.rows
        ),
    )


def unit_word(unit: Unit, language: Language) -> str:
    """Return the word behind a number; empty where the number itself says it."""
    return show(_UNITS[unit], language) if unit in _UNITS else ""


def _verdict(verdict: Verdict, language: Language) -> VerdictPart:
    tone, icon, word = _LEVELS[verdict.level]
    return VerdictPart(tone, icon, show(word, language), show(verdict.text, language))


def _figure(figure: Figure, language: Language) -> FigureTile:
    is_word = isinstance(figure.value, str | Text)
    return FigureTile(
        title=show(figure.title, language),
        value=show_value(figure.value, figure.unit, figure.decimals, language),
        is_word=is_word,
        unit="" if is_word or figure.value is None else unit_word(figure.unit, language),
        interval=_interval(figure, language),
        n=figure.n,
    )


def _interval(figure: Figure, language: Language) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = (show_value(float(end), figure.unit, figure.decimals, language) for end in (figure.low, figure.high))
    return show(msg("%(low)s to %(high)s", low=low, high=high), language)


def _chart(chart: Chart, result: Result, language: Language, *, with_table: bool) -> ChartPart:
    narrow, wide = (mark_safe(chart_svg(chart, result, language, is_wide=is_wide)) for is_wide in (False, True))
    return ChartPart(
        title=show(chart.title, language),
        narrow=narrow,
        wide=wide,
        table=table_part(result.table(chart.table), language) if with_table else None,
    )


def _is_numeric(cells: list[Cell]) -> bool:
    return any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)

"""From a chart to SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iciinsmes.toolbox.instruments.kit import ENGLISH, Chart, ChartKind, Language, Result

from .bars import bars, pareto, ranges
from .canvas import Canvas
from .heat import heat
from .picture import MAX_ROWS, Picture
from .plane import curves, lines, scatter
from .radar import radar

_DRAW: Mapping[ChartKind, Callable[[Picture], Canvas]] = {
    ChartKind.BARS: bars,
    ChartKind.RANGES: ranges,
    ChartKind.PARETO: pareto,
    ChartKind.HEAT: heat,
    ChartKind.SCATTER: scatter,
    ChartKind.LINES: lines,
    ChartKind.CURVES: curves,
    ChartKind.RADAR: radar,
}


def render(chart: Chart, result: Result, language: Language = ENGLISH) -> str:
    """Return a chart of a result as an SVG element, for a page, a print or a mail.

    Its description names every row with its number, for people who do not see it; show the table beside it as well.
    """
    picture = Picture(chart, result.table(chart.table), language)
    return _DRAW[chart.kind](picture).svg(picture.title, _described(picture))


def _described(picture: Picture) -> str:
    keys = [heading.key for heading in picture.table.headings]
    columns = [keys.index(key) for key in picture.chart.values]
    rows = zip(picture.labels(), picture.table.rows, strict=True)
    return "; ".join(
        f"{label}: {', '.join(picture.shown(keys[column], row[column]) for column in columns)}"
        for label, row in list(rows)[:MAX_ROWS]
    )

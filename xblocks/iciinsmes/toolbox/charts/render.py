"""From a chart to SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iciinsmes.lib.drawing import WIDE, WIDTH, Drawing
from iciinsmes.toolbox.instruments.framework import ENGLISH, Chart, ChartKind, Language, Result

from .bars import bars, pareto, ranges
from .heat import heat
from .picture import MAX_ROWS, Picture
from .plane import curves, lines, scatter
from .radar import radar

_DRAW: Mapping[ChartKind, Callable[[Picture], Drawing]] = {
    ChartKind.BARS: bars,
    ChartKind.RANGES: ranges,
    ChartKind.PARETO: pareto,
    ChartKind.HEAT: heat,
    ChartKind.SCATTER: scatter,
    ChartKind.LINES: lines,
    ChartKind.CURVES: curves,
    ChartKind.RADAR: radar,
}


def chart_svg(chart: Chart, result: Result, language: Language = ENGLISH, *, is_wide: bool = False) -> str:
    """Return a chart of a result as an SVG element, for a page, a print or a mail; a wide one has room for names.

    Its description names every row with its number, for people who do not see it; show the table beside it as well.
    """
    picture = Picture(chart, result.table(chart.table), language, WIDE if is_wide else WIDTH)
    return _DRAW[chart.kind](picture).svg(picture.title, _described(picture))


def _described(picture: Picture) -> str:
    columns = [(key, picture.table.column(key)) for key in picture.chart.values]
    return "; ".join(
        f"{label}: {', '.join(picture.shown(key, cells[row]) for key, cells in columns)}"
        for row, label in enumerate(picture.labels()[:MAX_ROWS])
    )

"""Charts with a row for each name: bars, bars with a cumulative line, dots with intervals."""

from __future__ import annotations

from iciinsmes.lib.drawing import LINE, QUIET, SERIES, Drawing, shortened, text_width
from iciinsmes.lib.scales import AxisScale, limits

from .picture import MAX_ROWS, Picture

_BAR = 14
_ROW = LINE + _BAR + 10
_AXIS = 22


def bars(picture: Picture) -> Drawing:
    """Draw a bar a row, its name above it and its number behind it; with an interval where the table has one."""
    key = picture.chart.values[0]
    rows = _rows(picture)
    numbers, lows, highs = (picture.numbers(name) for name in (key, picture.chart.low, picture.chart.high))
    shown = [picture.shown(key, picture.table.column(key)[row]) for row in rows]
    room = max((text_width(words) for words in shown), default=0) + 8
    known = [value for values in (numbers, lows, highs) for value in values if value is not None]
    low, high = limits(known, picture.chart.minimum, picture.chart.maximum)
    scale = AxisScale(low, high, 1, picture.width - room)
    canvas = Drawing(picture.width, len(rows) * _ROW + 2)
    labels, marked = picture.labels(), picture.emphasis()
    for place, row in enumerate(rows):
        top = place * _ROW
        name = f"▲ {labels[row]}" if marked[row] else labels[row]
        canvas.text(0, top + 12, shortened(name, picture.width), bold=marked[row])
        canvas.text(picture.width, top + LINE + 11, shown[place], anchor="end")
        value = numbers[row]
        if value is None:
            continue
        start, end = sorted((scale.at(0), scale.at(value)))
        canvas.rectangle(start, top + LINE, max(end - start, 1), _BAR, opacity=1 if marked[row] else 0.65)
        _interval(canvas, scale, lows[row], highs[row], top + LINE + _BAR / 2)
    return canvas


def ranges(picture: Picture) -> Drawing:
    """Draw a dot a row on a common scale, with the interval in which the true value lies."""
    key = picture.chart.values[0]
    rows = _rows(picture)
    numbers, lows, highs = (picture.numbers(name) for name in (key, picture.chart.low, picture.chart.high))
    known = [value for values in (numbers, lows, highs) for value in values if value is not None]
    low, high = limits(known, picture.chart.minimum, picture.chart.maximum)
    scale = AxisScale(low, high, 8, picture.width - 8)
    canvas = Drawing(picture.width, len(rows) * _ROW + _AXIS)
    for tick in scale.ticks():
        place = scale.at(tick)
        canvas.line([(place, 4), (place, len(rows) * _ROW)], color=QUIET, width=0.5, dash="2 3")
        anchor = "start" if place < 16 else "end" if place > picture.width - 16 else "middle"
        canvas.text(
            place if anchor == "middle" else (0 if anchor == "start" else picture.width),
            canvas.height - 6,
            picture.language.number(tick),
            anchor=anchor,
        )
    labels = picture.labels()
    for place, row in enumerate(rows):
        top = place * _ROW
        value = numbers[row]
        shown = picture.shown(key, picture.table.column(key)[row])
        canvas.text(0, top + 12, shortened(labels[row], picture.width - text_width(shown) - 8))
        canvas.text(picture.width, top + 12, shown, anchor="end", bold=True)
        middle = top + LINE + _BAR / 2
        bottom, ceiling = lows[row], highs[row]
        if bottom is not None and ceiling is not None:
            canvas.line([(scale.at(bottom), middle), (scale.at(ceiling), middle)], color=SERIES[0], width=5)
        if value is not None:
            canvas.dot(scale.at(value), middle, 6, fill=SERIES[0])
    return canvas


def pareto(picture: Picture) -> Drawing:
    """Draw falling bars with the share up to each of them as a stepped line, and the 80 % line."""
    key, share_key = picture.chart.values
    rows = _rows(picture)
    numbers, shares = picture.numbers(key), picture.numbers(share_key)
    labels, marked = picture.labels(), picture.emphasis()
    shown = [
        f"{picture.shown(key, picture.table.column(key)[row])} · {picture.shown(share_key, shares[row])}"
        for row in rows
    ]
    # The numbers have a strip of their own, where the line never runs.
    right = picture.width - max((text_width(words) for words in shown), default=0) - 10
    scale = AxisScale(*limits([value for value in numbers if value is not None], 0, picture.chart.maximum), 0, right)
    share_scale = AxisScale(0, 100, 0, right)
    canvas = Drawing(picture.width, len(rows) * _ROW + _AXIS)
    bottom = len(rows) * _ROW
    at_80 = share_scale.at(80)
    canvas.line([(at_80, 0), (at_80, bottom)], color=QUIET, dash="4 3")
    canvas.text(at_80, canvas.height - 6, f"80\u00a0% · {picture.heading(share_key)}", anchor="end")
    way: list[tuple[float, float]] = []
    for place, row in enumerate(rows):
        top = place * _ROW
        value, share = numbers[row] or 0.0, shares[row] or 0.0
        name = f"▲ {labels[row]}" if marked[row] else labels[row]
        canvas.text(0, top + 12, shortened(name, right), bold=marked[row])
        canvas.text(picture.width, top + LINE + 11, shown[place], anchor="end")
        canvas.rectangle(0, top + LINE, max(scale.at(value), 1), _BAR, opacity=1 if marked[row] else 0.5)
        way.append((share_scale.at(share), top + LINE + _BAR / 2))
    if way:
        canvas.line(way, color=SERIES[1], width=2)
    for x, y in way:
        canvas.dot(x, y, 3.5, fill=SERIES[1])
    return canvas


def _interval(canvas: Drawing, scale: AxisScale, low: float | None, high: float | None, middle: float) -> None:
    if low is None or high is None:
        return
    start, end = scale.at(low), scale.at(high)
    canvas.line([(start, middle), (end, middle)], width=1.5)
    for place in (start, end):
        canvas.line([(place, middle - 5), (place, middle + 5)], width=1.5)


def _rows(picture: Picture) -> range:
    return range(min(len(picture.table.rows), MAX_ROWS))

"""Charts with two number axes: points in quadrants, lines over steps, curves over a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iciinsmes.lib.drawing import DASHES, LINE, QUIET, SERIES, WIDTH, Drawing, shortened, text_width
from iciinsmes.lib.scales import AxisScale, limits
from iciinsmes.toolbox.instruments.framework import ChartKind, show

from .picture import MAX_ROWS, Picture

#: Between the plane and the edges of the picture.
_MARGIN, _TOP = 8, 18
_HIGH, _LOW = 270, 170

#: What the number of a mark takes up above the plane.
_NUMBER_WIDTH = 10

#: What names on the lower axis may take up together, as a part of the width.
_NAMES_PART = 0.75


@dataclass(frozen=True)
class _Plane:
    """A canvas with both scales; the axes run at ``left`` and ``bottom``, and up to ``end`` on the right."""

    canvas: Drawing
    right: AxisScale
    up: AxisScale
    left: float
    bottom: float

    @property
    def end(self) -> float:
        """Where the plane ends on the right."""
        return self.canvas.width - _MARGIN


def scatter(picture: Picture) -> Drawing:
    """Draw a numbered point a row, ▲ for marked ones; a list below says which is which, so that names never overlap."""
    across, up = picture.chart.values
    rows = zip(picture.numbers(across), picture.numbers(up), picture.labels(), picture.emphasis(), strict=True)
    points = [(x, y, "▲ " * marked + label, marked) for x, y, label, marked in rows if x is not None and y is not None]
    points = points[:MAX_ROWS]
    chart = picture.chart
    plane = _plane(
        picture,
        limits([x for x, *_rest in points], chart.minimum, chart.maximum),
        limits([y for _x, y, *_rest in points], chart.minimum, chart.maximum),
        height=_HIGH,
        below=[f"{number}  {label}" for number, (_x, _y, label, _marked) in enumerate(points, 1)],
    )
    canvas = plane.canvas
    canvas.text(0, 11, f"↑ {picture.heading(up)}")
    canvas.text(plane.end, plane.bottom + 30, f"{picture.heading(across)} →", anchor="end")
    for tick in plane.right.ticks():
        canvas.text(plane.right.at(tick), plane.bottom + 14, picture.language.number(tick), anchor="middle")
    for mark in chart.marks:
        words = show(mark.title, picture.language)
        if mark.axis == "x":
            place = plane.right.at(mark.value)
            canvas.line([(place, _TOP), (place, plane.bottom)], color=QUIET, dash="4 3")
            canvas.text(place + 4, plane.bottom - 6, f"{words} →")
        elif mark.slope:
            _rising(plane, mark.value, mark.slope, words)
        else:
            _across(plane, mark.value, f"↑ {words}")
    together: dict[tuple[float, float], list[tuple[int, bool]]] = {}
    for number, (x, y, _label, marked) in enumerate(points, 1):
        together.setdefault((x, y), []).append((number, marked))
    for (x, y), found in together.items():
        place, level = plane.right.at(x), plane.up.at(y)
        if any(marked for _number, marked in found):
            canvas.text(place, level + 4, "▲", anchor="middle")
        else:
            canvas.dot(place, level)
        words = ", ".join(str(number) for number, _marked in found)
        left_of_it = place > plane.end - 10 - text_width(words)
        anchor = "end" if left_of_it else "start"
        canvas.text(place + (-7 if left_of_it else 7), level + 4, words, anchor=anchor, bold=True)
    return canvas


def lines(picture: Picture) -> Drawing:
    """Draw a line a value column over the rows; marked ones get a sign.

    Short names such as years stand on the axis; longer ones are numbered there and listed below.
    """
    rows = min(len(picture.table.rows), MAX_ROWS)
    series = [picture.numbers(key)[:rows] for key in picture.chart.values]
    marked = picture.emphasis()
    labels = picture.labels()[:rows]
    is_short = max(map(text_width, labels), default=0) < _NAMES_PART * picture.width / max(rows, 1)
    ticks = labels if is_short else [str(row + 1) for row in range(rows)]
    names = [f"{row + 1}  {'▲ ' * marked[row]}{labels[row]}" for row in range(rows)] if not is_short else []
    known = [value for column in series for value in column if value is not None]
    levels = limits(known, picture.chart.minimum, picture.chart.maximum)
    plane = _plane(picture, (1.0, max(rows, 2)), levels, height=_LOW, below=names)
    for row in range(rows):
        plane.canvas.text(plane.right.at(row + 1), plane.bottom + 14, ticks[row], anchor="middle", bold=marked[row])
    for mark in picture.chart.marks:
        _across(plane, mark.value, show(mark.title, picture.language))
    if levels[0] < 0 < levels[1]:
        plane.canvas.line([(plane.left, plane.up.at(0)), (plane.end, plane.up.at(0))], color=QUIET)
    for index, column in enumerate(series):
        places = [(float(row + 1), value) for row, value in enumerate(column) if value is not None]
        _draw(plane, places, index)
        for x, y in places:
            plane.canvas.dot(plane.right.at(x), plane.up.at(y), 3.5, fill=_color(index))
            if index == 0 and marked[int(x) - 1]:
                plane.canvas.text(plane.right.at(x), plane.up.at(y) - 7, "▲", anchor="middle")
    return plane.canvas


def curves(picture: Picture) -> Drawing:
    """Draw a line a value column over numbers; upright marks are numbered and explained below."""
    chart, language = picture.chart, picture.language
    places = picture.numbers(chart.label)
    known = [place for place in places if place is not None]
    series = [picture.numbers(key) for key in chart.values]
    values = [value for column in series for value in column if value is not None]
    marks = [mark for mark in chart.marks if mark.axis == "x"]
    explained = [
        f"{number}  {show(mark.title, language)}: {picture.shown(chart.label, mark.value)}"
        for number, mark in enumerate(marks, 1)
    ]
    across = (min(known, default=0.0), max([*known, min(known, default=0.0) + 1e-9]))
    levels = limits(values, chart.minimum, chart.maximum)
    plane = _plane(picture, across, levels, height=_LOW, below=explained)
    plane.canvas.text(0, 11, picture.heading(chart.label) + " →")
    for tick in plane.right.ticks() if across[1] - across[0] > 1e-6 else []:
        plane.canvas.text(plane.right.at(tick), plane.bottom + 14, language.number(tick), anchor="middle")
    free = 0.0
    for number, mark in sorted(enumerate(marks, 1), key=lambda entry: entry[1].value):
        place = plane.right.at(mark.value)
        plane.canvas.line([(place, _TOP), (place, plane.bottom)], color=QUIET, dash="4 3")
        # Numbers of marks that lie close together stand side by side.
        above = max(place, free)
        plane.canvas.text(above, _TOP - 4, str(number), anchor="middle", bold=True)
        free = above + _NUMBER_WIDTH
    for index, column in enumerate(series):
        pairs = zip(places, column, strict=True)
        _draw(plane, [(x, y) for x, y in pairs if x is not None and y is not None], index)
    return plane.canvas


def _plane(
    picture: Picture, across: tuple[float, float], levels: tuple[float, float], *, height: float, below: Sequence[str]
) -> _Plane:
    """Make a canvas with its left axis, and write below it what the lines are and then the lines ``below``."""
    bottom = _TOP + height
    legend = _legend(picture)
    half = picture.width / 2
    # Where there is room, names stand in two columns.
    columns = 2 if half >= WIDTH and all(text_width(words) <= half - 8 for words in below) else 1
    lines_below = -(-len(below) // columns)
    canvas = Drawing(picture.width, bottom + 40 + LINE * (len(legend) + lines_below))
    end = picture.width - _MARGIN
    up = AxisScale(*levels, bottom, _TOP)
    ticks = [(up.at(tick) + 4, picture.language.number(tick)) for tick in up.ticks()]
    left = max((text_width(words) for _place, words in ticks), default=0) + 8
    plane = _Plane(canvas, AxisScale(*across, left + 6, end - 6), up, left, bottom)
    canvas.line([(left, _TOP), (left, bottom), (end, bottom)], color=QUIET)
    for place, words in ticks:
        canvas.text(left - 4, place, words, anchor="end")
    for index, words in enumerate(legend):
        base = bottom + 36 + LINE * (index + 1)
        _stroke(canvas, [(0, base - 4), (28, base - 4)], index)
        canvas.text(36, base, shortened(words, picture.width - 36))
    for index, words in enumerate(below):
        column, line = divmod(index, lines_below)
        base = bottom + 36 + LINE * (len(legend) + line + 1)
        canvas.text(column * half, base, shortened(words, picture.width))
    return plane


def _legend(picture: Picture) -> list[str]:
    """Return the names of the lines; a single one is named by the chart's title."""
    keys = picture.chart.values
    is_line = picture.chart.kind is not ChartKind.SCATTER
    return [picture.heading(key) for key in keys] if is_line and len(keys) > 1 else []


def _stroke(canvas: Drawing, way: Sequence[tuple[float, float]], index: int) -> None:
    """Draw the line of one series, which has a colour and a dash of its own."""
    canvas.line(way, color=_color(index), width=2, dash=DASHES[index % len(DASHES)])


def _draw(plane: _Plane, places: Sequence[tuple[float, float]], index: int) -> None:
    way = [(plane.right.at(x), plane.up.at(y)) for x, y in places]
    if way:
        _stroke(plane.canvas, way, index)


def _across(plane: _Plane, value: float, words: str) -> None:
    place = plane.up.at(value)
    plane.canvas.line([(plane.left, place), (plane.end, place)], color=QUIET, dash="4 3")
    plane.canvas.text(plane.left + 4, place - 5, words)


def _rising(plane: _Plane, start: float, slope: float, words: str) -> None:
    """Draw a slanted line as far as it lies within the plane, its words right of its lower end."""
    low, high = plane.up.low, plane.up.high
    inside = sorted((level - start) / slope for level in (low, high))
    ends = [max(inside[0], plane.right.low), min(inside[1], plane.right.high)]
    if ends[0] > ends[1]:
        return
    way = [(plane.right.at(x), plane.up.at(start + slope * x)) for x in ends]
    plane.canvas.line(way, color=QUIET, dash="4 3")
    x, y = max(way, key=lambda place: place[1])
    plane.canvas.text(x + 8, y - 6, words)


def _color(index: int) -> str:
    return SERIES[index % len(SERIES)]

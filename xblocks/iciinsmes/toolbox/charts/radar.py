"""Values around a circle, for a profile of a few dimensions."""

from __future__ import annotations

import math

from iciinsmes.lib.drawing import LINE, QUIET, SERIES, WIDTH, Drawing, shortened, text_width
from iciinsmes.lib.scales import AxisScale, limits

from .picture import MAX_ROWS, Picture

_RADIUS = 110
_MIDDLE = WIDTH / 2
_TOP = 24

#: What the values of the list take up.
_VALUES = 60


def radar(picture: Picture) -> Drawing:
    """Draw a spoke a row, numbered and named in a list with its value: below, or beside it where there is room."""
    key = picture.chart.values[0]
    numbers = picture.numbers(key)[:MAX_ROWS]
    labels = picture.labels()[: len(numbers)]
    known = [value for value in numbers if value is not None]
    scale = AxisScale(*limits(known, picture.chart.minimum, picture.chart.maximum), 0, _RADIUS)
    names = [f"{row + 1}  {label}" for row, label in enumerate(labels)]
    beside = all(text_width(name) <= picture.width - WIDTH - _VALUES for name in names)
    list_height = LINE * len(labels)
    circle = _TOP + 2 * _RADIUS + 28
    canvas = Drawing(picture.width, max(circle, list_height + 8) if beside else circle + list_height + 8)
    for ring in scale.ticks():
        canvas.line(
            [_place(spoke, len(numbers), scale.at(ring)) for spoke in range(len(numbers))],
            color=QUIET,
            width=0.5,
            close=True,
        )
        canvas.text(_MIDDLE + 3, _TOP + _RADIUS - scale.at(ring) - 2, picture.language.number(ring))
    for spoke in range(len(numbers)):
        canvas.line([(_MIDDLE, _TOP + _RADIUS), _place(spoke, len(numbers), _RADIUS)], color=QUIET, width=0.5)
        x, y = _place(spoke, len(numbers), _RADIUS + 12)
        canvas.text(x, y + 4, str(spoke + 1), anchor="middle", bold=True)
    corners = [_place(spoke, len(numbers), scale.at(value or 0.0)) for spoke, value in enumerate(numbers)]
    if corners:
        canvas.line(corners, color=SERIES[0], width=2.5, close=True)
    for x, y in corners:
        canvas.dot(x, y)
    left = WIDTH if beside else 0
    first = max((circle - list_height) / 2, 0) if beside else circle
    for row, name in enumerate(names):
        line = first + LINE * (row + 1)
        canvas.text(left, line, shortened(name, picture.width - left - _VALUES))
        canvas.text(picture.width, line, picture.shown(key, picture.table.column(key)[row]), anchor="end")
    return canvas


def _place(spoke: int, spokes: int, distance: float) -> tuple[float, float]:
    """Return where a distance from the middle lies on a spoke; the first points up, the next follow clockwise."""
    angle = 2 * math.pi * spoke / max(spokes, 1)
    return _MIDDLE + distance * math.sin(angle), _TOP + _RADIUS - distance * math.cos(angle)

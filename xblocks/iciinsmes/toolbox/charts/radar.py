"""Values around a circle, for a profile of a few dimensions."""

from __future__ import annotations

import math

from .canvas import LINE, QUIET, SERIES, WIDTH, Canvas, shortened
from .picture import MAX_ROWS, Picture
from .scale import Scale, limits

_RADIUS = 110
_MIDDLE = WIDTH / 2
_TOP = 24


def radar(picture: Picture) -> Canvas:
    """Draw a spoke a row, numbered and named in a list below with its value."""
    key = picture.chart.values[0]
    numbers = picture.numbers(key)[:MAX_ROWS]
    labels = picture.labels()[: len(numbers)]
    known = [value for value in numbers if value is not None]
    scale = Scale(*limits(known, picture.chart.minimum, picture.chart.maximum), 0, _RADIUS)
    canvas = Canvas(_TOP + 2 * _RADIUS + 36 + LINE * len(labels))
    for ring in scale.ticks():
        canvas.line([_place(spoke, len(numbers), scale.at(ring)) for spoke in range(len(numbers))], color=QUIET,
                    width=0.5, close=True)  # fmt: skip
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
    for row, label in enumerate(labels):
        line = _TOP + 2 * _RADIUS + 28 + LINE * (row + 1)
        canvas.text(0, line, shortened(f"{row + 1}  {label}", WIDTH - 60))
        canvas.text(WIDTH, line, picture.shown(key, picture.table.column(key)[row]), anchor="end")
    return canvas


def _place(spoke: int, spokes: int, distance: float) -> tuple[float, float]:
    """Return where a distance from the middle lies on a spoke; the first points up, the next follow clockwise."""
    angle = 2 * math.pi * spoke / max(spokes, 1)
    return _MIDDLE + distance * math.sin(angle), _TOP + _RADIUS - distance * math.cos(angle)

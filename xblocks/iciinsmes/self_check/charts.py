"""The result as two pictures, beside the tables of the same numbers: a radar, and where both axes put the firm."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, pi, sin

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from iciinsmes.lib.drawing import DASHES, FILL, FONT, QUIET, SERIES, WIDTH, Drawing

from .data import Axis
from .labels import AXES, DASH, number_words

#: With fewer spokes there is no area to see.
_FEWEST = 3
_RADIUS, _EDGE = 112, 22
_RINGS = (25, 50, 75, 100)
_SIDE = 200.0

#: A name, and a score for each spoke; None leaves a gap there.
Series = tuple[str, Sequence[Fraction | None]]


def radar(titles: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Return spokes from 0 in the centre to 100 at the rim, numbered as in the table beside it; empty for two spokes.

    Args:
        titles: the spokes, clockwise from the top.
        series: at most two, the later one drawn on top.
    """
    if len(titles) < _FEWEST:
        return SafeString("")
    drawing = Drawing(WIDTH, 2 * (_RADIUS + _EDGE))
    center = (WIDTH / 2, _RADIUS + _EDGE)

    def place(spoke: int, value: float) -> tuple[float, float]:
        angle = 2 * pi * spoke / len(titles) - pi / 2
        return center[0] + cos(angle) * _RADIUS * value / 100, center[1] + sin(angle) * _RADIUS * value / 100

    spokes = range(len(titles))
    for ring in _RINGS:
        drawing.line([place(spoke, ring) for spoke in spokes], color=QUIET, width=0.5, close=True)
    for spoke in spokes:
        drawing.line([center, place(spoke, 100)], color=QUIET, width=0.5)
        x, y = place(spoke, 100 * (_RADIUS + 12) / _RADIUS)
        drawing.text(x, y + FONT / 3, str(spoke + 1), anchor="middle", bold=True)
    for number, (_name, values) in enumerate(series):
        is_last = number == len(series) - 1
        color = FILL if is_last else SERIES[1]
        for one, other in _sides(values):
            ends = [place(one, _number(values[one])), place(other, _number(values[other]))]
            drawing.line(ends, color=color, width=2.5, dash="" if is_last else DASHES[1])
        for spoke, value in enumerate(values):
            if value is not None:
                drawing.dot(*place(spoke, float(value)), fill=color)
    # The words of the rings come last, so that no line crosses them.
    for ring in (50, 100):
        x, y = place(0, ring)
        drawing.text(x + 4, y + FONT, str(ring))
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(_("All dimensions, from 0 in the centre to 100"), _described(titles, series)))


def quadrant_map(responsive: Fraction, proactive: Fraction) -> SafeString:
    """Return a square with both axes from 0 to 100, the firm's field in colour, and the firm as a dot."""
    left, top = (WIDTH - _SIDE) / 2, 8.0
    drawing = Drawing(WIDTH, _SIDE + top + 3 * FONT + 8)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + x * _SIDE / 100, top + _SIDE - y * _SIDE / 100

    half = _SIDE / 2
    x, y = place(50 if responsive >= 50 else 0, 100 if proactive >= 50 else 50)
    drawing.rectangle(x, y, half, half, opacity=0.12)
    drawing.line([place(0, 0), place(100, 0), place(100, 100), place(0, 100)], color=QUIET, close=True)
    for ends in ([place(50, 0), place(50, 100)], [place(0, 50), place(100, 50)]):
        drawing.line(ends, color=QUIET, dash=DASHES[1])
    for value in (0, 50, 100):
        x, y = place(value, 0)
        drawing.text(x, y + FONT + 4, str(value), anchor="middle")
        x, y = place(0, value)
        drawing.text(x - 6, y + FONT / 3, str(value), anchor="end")
    x, y = place(50, 0)
    drawing.text(x, y + 2 * FONT + 8, f"{AXES[Axis.RESPONSIVE]} →", anchor="middle", bold=True)
    x, y = place(0, 100)
    drawing.text(x + 6, y + FONT + 4, f"↑ {AXES[Axis.PROACTIVE]}", bold=True)
    drawing.dot(*place(float(responsive), float(proactive)), 6)
    words = f"{AXES[Axis.RESPONSIVE]} {number_words(responsive)}, {AXES[Axis.PROACTIVE]} {number_words(proactive)}"
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(_("Where both axes put you"), words))


def _sides(values: Sequence[Fraction | None]) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring spokes that both have a value, around the circle."""
    around = [(spoke, (spoke + 1) % len(values)) for spoke in range(len(values))]
    return [(one, other) for one, other in around if values[one] is not None and values[other] is not None]


def _number(value: Fraction | None) -> float:
    return 0.0 if value is None else float(value)


def _described(titles: Sequence[str], series: Sequence[Series]) -> str:
    return ". ".join(
        f"{name}: "
        + ", ".join(f"{title} {number_words(value) or DASH}" for title, value in zip(titles, values, strict=True))
        for name, values in series
    )

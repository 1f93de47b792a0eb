"""Charts with two number axes: points in quadrants."""

from __future__ import annotations

from iciinsmes.toolbox.instruments.kit import show

from .canvas import LINE, QUIET, WIDTH, Canvas, shortened
from .picture import MAX_ROWS, Picture
from .scale import Scale, limits

_LEFT, _TOP, _SIDE = 34, 18, 270
_BOTTOM = _TOP + _SIDE


def scatter(picture: Picture) -> Canvas:
    """Draw a numbered point a row; a list below says which is which, so that names never overlap."""
    across, up = picture.chart.values
    points = [
        (x, y, label)
        for x, y, label in zip(picture.numbers(across), picture.numbers(up), picture.labels(), strict=True)
        if x is not None and y is not None
    ][:MAX_ROWS]
    chart = picture.chart
    right = Scale(*limits([x for x, _y, _label in points], chart.minimum, chart.maximum), _LEFT, WIDTH - 8)
    upward = Scale(*limits([y for _x, y, _label in points], chart.minimum, chart.maximum), _BOTTOM, _TOP)
    canvas = Canvas(_BOTTOM + 40 + LINE * len(points))
    canvas.line([(_LEFT, _TOP), (_LEFT, _BOTTOM), (WIDTH - 8, _BOTTOM)], color=QUIET)
    for tick in right.ticks():
        canvas.text(right.at(tick), _BOTTOM + 14, picture.language.number(tick), anchor="middle")
    for tick in upward.ticks():
        canvas.text(_LEFT - 5, upward.at(tick) + 4, picture.language.number(tick), anchor="end")
    canvas.text(WIDTH - 8, _BOTTOM + 30, f"{picture.heading(across)} →", anchor="end")
    canvas.text(0, 11, f"↑ {picture.heading(up)}")
    for mark in chart.marks:
        if mark.axis == "x":
            place = right.at(mark.value)
            canvas.line([(place, _TOP), (place, _BOTTOM)], color=QUIET, dash="4 3")
            canvas.text(place + 4, _BOTTOM - 6, f"{show(mark.title, picture.language)} →")
        else:
            place = upward.at(mark.value)
            canvas.line([(_LEFT, place), (WIDTH - 8, place)], color=QUIET, dash="4 3")
            canvas.text(_LEFT + 4, place - 5, f"↑ {show(mark.title, picture.language)}")
    for number, (x, y, label) in enumerate(points, 1):
        canvas.dot(right.at(x), upward.at(y), 4)
        canvas.text(
            right.at(x) + (-7 if x > right.high * 0.93 else 7),
            upward.at(y) + 4,
            str(number),
            anchor="end" if x > right.high * 0.93 else "start",
            bold=True,
        )
        canvas.text(0, _BOTTOM + 40 + LINE * number - 4, shortened(f"{number}  {label}", WIDTH))
    return canvas

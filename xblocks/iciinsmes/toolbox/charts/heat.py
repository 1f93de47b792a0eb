"""A table of numbers whose cells are the darker the larger they are."""

from __future__ import annotations

from iciinsmes.lib.drawing import LINE, Drawing, shortened, text_width

from .picture import MAX_ROWS, Picture

_CELL = 30
#: What names on the left get: so much on a phone, and up to so large a part of a wide picture.
_LABELS, _LARGEST_PART = 90, 0.4


def heat(picture: Picture) -> Drawing:
    """Draw one cell for each number of the value columns; the number itself is written into it."""
    keys = picture.chart.values
    columns = [picture.numbers(key)[:MAX_ROWS] for key in keys]
    labels = picture.labels()[:MAX_ROWS]
    largest = max((abs(value) for column in columns for value in column if value is not None), default=0) or 1
    room = _room(picture, labels)
    width = (picture.width - room) / len(keys)
    titles = [_wrapped(picture.heading(key), width) for key in keys]
    head = LINE * max(map(len, titles)) + 6
    canvas = Drawing(picture.width, head + len(labels) * _CELL)
    canvas.text(0, 12, shortened(picture.heading(picture.chart.label), room - 4))
    for index, words in enumerate(titles):
        for line, part in enumerate(words):
            place = room + (index + 0.5) * width
            canvas.text(place, 12 + line * LINE, shortened(part, width), anchor="middle")
    for row, label in enumerate(labels):
        top = head + row * _CELL
        canvas.text(0, top + 19, shortened(label, room - 4))
        for index, (key, column) in enumerate(zip(keys, columns, strict=True)):
            value = column[row]
            x = room + index * width
            canvas.rectangle(x + 1, top + 1, width - 2, _CELL - 2, opacity=0.05 + 0.45 * abs(value or 0) / largest)
            shown = picture.shown(key, picture.table.column(key)[row])
            canvas.text(x + width / 2, top + 19, shortened(shown, width), anchor="middle", bold=value == largest)
    return canvas


def _room(picture: Picture, labels: list[str]) -> float:
    longest = max(map(text_width, [picture.heading(picture.chart.label), *labels])) + 8
    return max(_LABELS, min(longest, _LARGEST_PART * (picture.width - _LABELS)))


def _wrapped(words: str, width: float) -> list[str]:
    """Return a title in up to three lines that fit above a column."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[:3] or [""]

"""Bars beside a table: drawn by the server, so that they print and need no script."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import written
from iciinsmes.lib.drawing import LINE, WIDTH, Drawing, shortened, text_width

_BAR, _GAP = 14, 10
_LONGEST = 130.0


def bars(title: str, lines: Sequence[tuple[str, Decimal | int | None]]) -> SafeString:
    """Return a bar a line with its number behind it; None is hidden and says so. Empty without lines.

    Args:
        title: what is counted.
        lines: what each bar is, and how long.
    """
    if not lines:
        return SafeString("")
    most = max((float(value) for _words, value in lines if value is not None), default=0.0)
    left = min(max(text_width(words) for words, _value in lines) + 8, _LONGEST)
    room = WIDTH - left - 52
    drawing = Drawing(WIDTH, len(lines) * (_BAR + _GAP) + _GAP)
    said = []
    for number, (words, value) in enumerate(lines):
        top = _GAP + number * (_BAR + _GAP)
        base = top + LINE * 0.72
        drawing.text(0, base, shortened(words, left - 6))
        number_words = _("hidden") if value is None else written(Decimal(value))
        length = float(value or 0) / most * room if most else 0.0
        drawing.rectangle(left, top, length, _BAR)
        drawing.text(left + length + 6, base, number_words)
        said.append(f"{words}: {number_words}")
    # Everything in it was escaped by the drawing.
    return mark_safe(drawing.svg(title, "; ".join(said)))

"""The little SVG that charts need, written safely."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

#: How wide charts are in their own units, for a phone and for a wide page; at so many pixels a unit is a pixel, so
#: text has its written size.
WIDTH, WIDE = 320, 640

FONT = 12
LINE = 16

#: On white and on paper, told apart by people with any kind of colour vision (Okabe and Ito); grey for the rest.
INK = "currentColor"
FILL = "#0072b2"
QUIET = "#7b8794"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#a0568c")
DASHES = ("", "7 4", "2 3", "9 3 2 3")

#: Mean width of a letter of the font, in parts of its size; no font can be asked on a server.
_LETTER = 0.54


class Drawing:
    """Collects shapes and writes them as one picture with a name and a description.

    A shape's ``role`` is a class: a style sheet may colour it by the page's own variables, and without one (in a mail,
    another program, a print) the attribute's colour holds.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._shapes: list[str] = []

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, role: str = ""
    ) -> None:
        """Write words on the line ``y``; ``anchor`` is start, middle or end."""
        weight = ' font-weight="600"' if bold else ""
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{weight}{_class(role)} fill="{INK}">'
            f"{escape(words)}</text>"
        )

    def rectangle(self, x: float, y: float, width: float, height: float, *, opacity: float = 1) -> None:
        """Draw a filled rectangle; a negative width or height counts as none."""
        faint = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
        self._shapes.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}" '
            f'fill="{FILL}"{faint}/>'
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        color: str = INK,
        width: float = 1,
        dash: str = "",
        close: bool = False,
        role: str = "",
    ) -> None:
        """Draw a line through points."""
        way = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + ("Z" if close else "")
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<path d="{way}"{_class(role)} fill="none" stroke="{color}" stroke-width="{_n(width)}"{dashed}/>'
        )

    def dot(self, x: float, y: float, radius: float = 4, *, fill: str = FILL, role: str = "") -> None:
        """Draw a dot with a thin edge, so that dots on each other stay apart."""
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_class(role)} fill="{fill}" stroke="#fff" '
            'stroke-width="1.5"/>'
        )

    def svg(self, title: str, description: str) -> str:
        """Return the picture; it fills the width it is given."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'width="100%" role="img" aria-label="{escape(f"{title}. {description}")}" font-size="{FONT}" '
            f'font-family="system-ui, sans-serif"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
            f"{''.join(self._shapes)}</svg>"
        )


def text_width(words: str) -> float:
    """Return about how wide words are at the size of charts."""
    return len(words) * FONT * _LETTER


def shortened(words: str, width: float) -> str:
    """Cut words that do not fit into a width, with an ellipsis; the table beside the chart has them in full."""
    letters = int(width / (FONT * _LETTER))
    return words if len(words) <= letters else words[: max(letters - 1, 1)].rstrip() + "…"


def _class(role: str) -> str:
    return f' class="{role}"' if role else ""


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

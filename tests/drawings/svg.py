"""Shapes as SVG: light and dark, in the fonts of the reader, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap

STYLE = """
    .ground { fill: #f4f6f8 } .house { fill: #fff; stroke: #d8dee5 } .room { fill: #e3f2ef; stroke: #0b6b5d }
    .host { fill: #e7effb; stroke: #2257a8 } .base { fill: #fdf1dc; stroke: #8a5200 } .leaf { fill: #fff; stroke: none }
    .arrow { stroke: #52606d; stroke-width: 1.6; fill: none } .head { fill: #52606d }
    text { font: 15px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #18212b }
    .b { font-weight: 650 } .s { font-size: 13px; fill: #52606d }
    rect { rx: 10px; stroke-width: 1.2 } .leaf { rx: 5px }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0f1419 } .house { fill: #151b21; stroke: #2d3742 } .room { fill: #12302b; stroke: #5cc6b3 }
      .host { fill: #172740; stroke: #8fb6f5 } .base { fill: #35270f; stroke: #f0b65c } .leaf { fill: #0f1419 }
      .arrow { stroke: #a7b3c0 } .head { fill: #a7b3c0 } text { fill: #e8edf2 } .s { fill: #a7b3c0 }
    }
"""
#: The height of a line of small text, and about how many pixels a letter of it takes.
LINE = 18
_LETTER = 7.0


def picture(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    """Return a whole file."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" role="img"'
            ' aria-labelledby="t">',
            f'  <title id="t">{escape(title)}</title>',
            f"  <style>{STYLE}  </style>",
            '  <defs><marker id="h" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
            '    orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
            rectangle("ground", 0, 0, width, height),
            *parts,
            "</svg>\n",
        ]
    )


def rectangle(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Return a box of one of the kinds in the style."""
    return f'  <rect class="{kind}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"/>'


def words(text: str, x: float, y: float, kind: str = "", anchor: str = "start") -> str:
    """Return a line of text; ``kind`` is b for what names something and s for what explains."""
    look = f' class="{kind}"' if kind else ""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'  <text{look} x="{number(x)}" y="{number(y)}"{side}>{escape(text, quote=False)}</text>'


def lines_of(text: str, width: float) -> list[str]:
    """Return small text in lines that fit."""
    return wrap(text, int(width / _LETTER))


def arrow(points: Sequence[tuple[float, float]]) -> str:
    """Return an arrow through these points, which bends between floors and is straight beside the boxes."""
    path = f"M{number(points[0][0])} {number(points[0][1])}"
    for (x, y), (to_x, to_y) in pairwise(points):
        bend = (to_y - y) / 2
        curve = f"C{number(x)} {number(y + bend)} {number(to_x)} {number(to_y - bend)} {number(to_x)} {number(to_y)}"
        path += f"V{number(to_y)}" if x == to_x else curve
    return f'  <path class="arrow" d="{path}" marker-end="url(#h)"/>'


def number(value: float) -> str:
    """Return a number as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")

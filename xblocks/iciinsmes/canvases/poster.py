"""A canvas as one picture: the layout with its cards on a landscape sheet (A4), for print and for a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

#: Width to height of A4 on its side; the picture grows in height when there is more than fits.
WIDTH, HEIGHT = 1188, 840

_MARGIN, _GAP, _HEAD = 28, 12, 64
_TITLE, _FONT, _SMALL, _LINE = 22, 13, 11, 17
_PAD = 10
#: Mean width of a letter of the font, in parts of its size; no font can be asked on a server.
_LETTER = 0.54
_INK, _SOFT, _PAPER = "#18212b", "#52606d", "#fff"
#: Ground and edge of places, as on the page.
_TINTS = (
    ("#e3f2ef", "#0b6b5d"),
    ("#e7effb", "#2257a8"),
    ("#fdf1dc", "#804b00"),
    ("#e4f3e9", "#1c6e3a"),
    ("#fbe7e5", "#a8261c"),
)
#: Cards side by side where there are no places.
_IN_A_ROW = 5


@dataclass(frozen=True)
class PosterCard:
    """A card: its words, and what else it says in one line."""

    words: str
    note: str = ""


@dataclass(frozen=True)
class PosterPlace:
    """A place with its cards; lines of the grid count from 1, the end is outside."""

    title: str
    tint: int
    row: int
    column: int
    row_end: int
    column_end: int
    cards: tuple[PosterCard, ...]


def poster(title: str, subtitle: str, places: Sequence[PosterPlace]) -> str:
    """Return the picture as SVG; every word is escaped, and none is left out."""
    columns = max((place.column_end for place in places), default=2) - 1
    width = (WIDTH - 2 * _MARGIN + _GAP) / columns
    tops = _row_tops(places, width)
    shapes = [
        f'<rect width="{WIDTH}" height="100%" fill="{_PAPER}"/>',
        _text(_MARGIN, _MARGIN + _TITLE - 4, _shortened(title, WIDTH - 2 * _MARGIN, _TITLE), _TITLE, bold=True),
        _text(_MARGIN, _MARGIN + _TITLE + 18, subtitle, _FONT, color=_SOFT),
    ]
    for place in places:
        left = _MARGIN + (place.column - 1) * width
        box = (left, tops[place.row - 1], (place.column_end - place.column) * width - _GAP)
        shapes += _place(place, *box, tops[place.row_end - 1] - tops[place.row - 1] - _GAP)
    height = tops[-1] - _GAP + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}" '
        f'height="{_n(height)}" role="img" font-family="system-ui, sans-serif"><title>{escape(title)}</title>'
        f"{''.join(shapes)}</svg>"
    )


def in_a_row(title: str, cards: Sequence[PosterCard]) -> tuple[PosterPlace, ...]:
    """Return one place a card, numbered, for a canvas without places."""
    return tuple(
        PosterPlace(f"{index + 1}", 0, row, column, row + 1, column + 1, (card,))
        for index, card in enumerate(cards)
        for row, column in [(index // _IN_A_ROW + 1, index % _IN_A_ROW + 1)]
    ) or (PosterPlace(title, 0, 1, 1, 2, 2, ()),)


def _row_tops(places: Sequence[PosterPlace], width: float) -> list[float]:
    """Return where each row of the grid begins, and where the last one ends: as high as its fullest place needs."""
    count = max((place.row_end for place in places), default=2) - 1
    least = (HEIGHT - _MARGIN - _HEAD - _MARGIN) / count
    heights = [0.0] * count
    # Places of one row first, so that those over several rows only ask for what is still missing.
    for place in sorted(places, key=lambda place: place.row_end - place.row):
        rows = range(place.row - 1, place.row_end - 1)
        missing = _height(place, (place.column_end - place.column) * width - _GAP) + _GAP
        missing -= sum(heights[row] for row in rows)
        if missing > 0:
            for row in rows:
                heights[row] += missing / len(rows)
    # A sheet is filled; rows with little in them give way to those with more.
    spare = max(0.0, least * count - sum(heights)) / count
    tops = [float(_MARGIN + _HEAD)]
    for height in heights:
        tops.append(tops[-1] + height + spare)
    return tops


def _height(place: PosterPlace, width: float) -> float:
    return 38 + sum(_card_height(card, width) + 8 for card in place.cards) + 4


def _card_height(card: PosterCard, width: float) -> float:
    room = width - 4 * _PAD
    notes = len(_wrapped(card.note, room, _SMALL)) if card.note else 0
    return 2 * _PAD + len(_wrapped(card.words, room, _FONT)) * _LINE + notes * (_LINE - 2)


def _place(place: PosterPlace, x: float, y: float, width: float, height: float) -> list[str]:
    ground, edge = _TINTS[place.tint % len(_TINTS)]
    shapes = [
        _box(x, y, width, height, ground, 10),
        _box(x, y, width, 4, edge, 2),
        _text(x + _PAD, y + 25, _shortened(place.title, width - 2 * _PAD, _FONT + 1), _FONT + 1, bold=True, color=edge),
    ]
    top = y + 38
    for card in place.cards:
        tall = _card_height(card, width)
        shapes.append(_box(x + _PAD, top, width - 2 * _PAD, tall, _PAPER, 6))
        line = top + _PAD + 12
        for words in _wrapped(card.words, width - 4 * _PAD, _FONT):
            shapes.append(_text(x + 2 * _PAD, line, words, _FONT))
            line += _LINE
        for words in _wrapped(card.note, width - 4 * _PAD, _SMALL) if card.note else ():
            shapes.append(_text(x + 2 * _PAD, line, words, _SMALL, color=_SOFT))
            line += _LINE - 2
        top += tall + 8
    return shapes


def _wrapped(words: str, width: float, size: int) -> list[str]:
    """Return words in lines that fit; a word longer than a line is divided."""
    letters = max(int(width / (size * _LETTER)), 4)
    lines = [""]
    for word in words.split():
        pieces = [word[start : start + letters] for start in range(0, len(word), letters)]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > letters:
                lines.append(piece)
            else:
                lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines


def _shortened(words: str, width: float, size: int) -> str:
    letters = int(width / (size * _LETTER))
    return words if len(words) <= letters else words[: max(letters - 1, 1)].rstrip() + "…"


def _box(x: float, y: float, width: float, height: float, fill: str, radius: int) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{radius}" fill="{fill}"/>'


def _text(x: float, y: float, words: str, size: int, *, bold: bool = False, color: str = _INK) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}"{weight} fill="{color}">{escape(words)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

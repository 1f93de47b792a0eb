"""The data model: each room's tables in a frame, with arrows to the tables that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from . import svg
from .layout import plan
from .tables import Table, all_tables

_WIDTH = 1120
_EDGE = 24
_PAD = 16
_HEAD = 38
_CARD = 204
_BETWEEN = 26
_STAIR = 34
_HINTS = (
    "An arrow leads to the table without which a row cannot be; below a name stand the other links.",
    "Green tables hold personal data, blue ones do not.",
)
_HOUSES = {"iciinsmes": "Add-on", "iciinsmes_campus": "Campus"}


@dataclass(frozen=True)
class Frame:
    """A room's frame: at least so wide and high, and what draws it at a place in a size."""

    width: float
    height: float
    draw: Callable[[float, float, float, float], list[str]]


def data_model() -> str:
    """Return the picture."""
    parts: list[str] = []
    top = float(_EDGE)
    for name, rooms in all_tables().items():
        parts.append(svg.words(_HOUSES[name], _EDGE, top + 14, "b"))
        top += 26
        frames = [_frame(room, tables) for room, tables in rooms.items()]
        for row in _rows(frames):
            left = float(_EDGE)
            high = max(frame.height for frame in row)
            # What is left over makes the frames of a row wider, so that their edges are those of the page.
            spare = (_WIDTH - 2 * _EDGE - _wide(row)) / len(row)
            for frame in row:
                parts += frame.draw(left, top, frame.width + spare, high)
                left += frame.width + spare + _BETWEEN / 2
            top += high + _BETWEEN / 2
        top += 14
    for hint in _HINTS:
        parts.append(svg.words(hint, _WIDTH / 2, top + 6, "s", "middle"))
        top += svg.LINE
    return svg.picture("The tables of each room and how they belong together", _WIDTH, top + 12, parts)


def _rows(frames: Sequence[Frame]) -> list[list[Frame]]:
    """Put frames beside each other as long as they fit."""
    rows: list[list[Frame]] = [[]]
    for frame in frames:
        if rows[-1] and _wide([*rows[-1], frame]) > _WIDTH - 2 * _EDGE:
            rows.append([])
        rows[-1].append(frame)
    return rows


def _wide(row: Sequence[Frame]) -> float:
    return sum(frame.width for frame in row) + _BETWEEN / 2 * (len(row) - 1)


def _frame(room: str, tables: Sequence[Table]) -> Frame:
    by_name = {table.name: table for table in tables}
    floors = _floors(by_name)
    level = {name: number for number, floor in enumerate(floors) for name in floor}
    arrows = sorted(
        {
            (table.name, link.points_to)
            for table in tables
            for link in table.links()
            if link.points_to in level and level[link.points_to] > level[table.name]
        }
    )
    notes = {table.name: _note(table, arrows) for table in tables}
    sizes = {name: (float(_CARD), 34.0 + svg.LINE * len(lines)) for name, lines in notes.items()}
    inner = max(len(floor) * _CARD + (len(floor) - 1) * _BETWEEN for floor in floors)

    def draw(left: float, top: float, width: float, height: float) -> list[str]:
        placed = plan(floors, arrows, sizes, width=width - 2 * _PAD, stair=_STAIR)
        x, y = left + _PAD, top + _HEAD
        parts = [svg.rectangle("house", left, top, width, height), svg.words(room, x, top + 25, "b")]
        for name, box in placed.boxes.items():
            kind = "room" if by_name[name].personal else "host"
            parts.append(svg.rectangle(kind, x + box.x, y + box.y, box.width, box.height))
            parts.append(svg.words(name, x + box.x + 12, y + box.y + 22, "b"))
            parts += [
                svg.words(line, x + box.x + 12, y + box.y + 22 + svg.LINE * (place + 1), "s")
                for place, line in enumerate(notes[name])
            ]
        return parts + [svg.arrow([(x + to_x, y + to_y) for to_x, to_y in line]) for line in placed.arrows]

    height = _HEAD + _PAD + plan(floors, arrows, sizes, width=inner, stair=_STAIR).height
    return Frame(max(inner + 2 * _PAD, 150), height, draw)


def _note(table: Table, arrows: Sequence[tuple[str, str]]) -> list[str]:
    """Return where a table points to beside its arrows."""
    drawn = {end for start, end in arrows if start == table.name}
    ends = list(dict.fromkeys(link.points_to for link in table.links() if link.points_to not in drawn))
    return svg.lines_of(f"→ {', '.join(ends)}", _CARD - 24) if ends else []


def _floors(tables: Mapping[str, Table]) -> list[list[str]]:
    """Return the tables from those that belong to others down to those that stand by themselves."""

    def depth(name: str) -> int:
        owners = {link.points_to for link in tables[name].links() if link.owned} & tables.keys() - {name}
        return 1 + max((depth(owner) for owner in owners), default=-1)

    depths = {name: depth(name) for name in tables}
    return [[name for name in tables if depths[name] == level] for level in range(max(depths.values()), -1, -1)]

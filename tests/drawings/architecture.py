"""The two houses: the campus above the add-on it hosts, rooms on floors, arrows to what a room uses."""

from __future__ import annotations

from . import svg
from .layout import plan
from .rooms import House, house, spoken, subject

_WIDTH = 960
_EDGE = 24
_PAD = 20
_HEAD = 40
_STAIR = 40
_ROOM = 250
_CAMPUS_ROOM = 130
_BAR = 54
_FLOOR = 8


def architecture() -> str:
    """Return the picture."""
    campus, campus_end = _house("iciinsmes_campus", _EDGE, "Campus", "a host of the add-on", rooms_speak=False)
    addon, addon_end = _house(
        "iciinsmes", campus_end + _STAIR, "Add-on", "an app in the LMS, in Studio, or on the campus"
    )
    way = svg.arrow([(_WIDTH / 2, campus_end), (_WIDTH / 2, campus_end + _STAIR)])
    hint = "uses the doors of rooms, and is used only through platform"
    words = svg.words(hint, _WIDTH / 2 + 12, campus_end + _STAIR / 2 + 5, "s")
    legend = svg.words(
        "An arrow leads to what a room uses; those that follow from others, or lead to the grounds, are left out.",
        _WIDTH / 2,
        addon_end + 26,
        "s",
        "middle",
    )
    title = "Rooms of the campus and of the add-on on their floors, with arrows to the rooms that they use"
    return svg.picture(title, _WIDTH, addon_end + 42, [*campus, *addon, way, words, legend])


def _house(name: str, top: float, title: str, note: str, rooms_speak: bool = True) -> tuple[list[str], float]:
    """Return the parts of a house, and where it ends."""
    found = house(name)
    ground = found.ground() if rooms_speak else ()
    upper = found.floors[: len(found.floors) - len(ground)]
    low = {room for floor in ground for room in floor}
    arrows = [(start, end) for start, end in found.arrows() if not {start, end} & low]
    width = _WIDTH - 2 * (_EDGE + _PAD)
    lines = {room: svg.lines_of(subject(name, room), _ROOM - 24) for floor in upper for room in floor}
    sizes = {
        room: (float(_ROOM), 38.0 + svg.LINE * len(text)) if rooms_speak else (float(_CAMPUS_ROOM), 34.0)
        for room, text in lines.items()
    }
    placed = plan(upper, arrows, sizes, width=width, stair=_STAIR if rooms_speak else 30)
    left, start = _EDGE + _PAD, top + _HEAD
    parts = []
    for room, box in placed.boxes.items():
        kind = "room" if rooms_speak else "host"
        parts.append(svg.rectangle(kind, left + box.x, start + box.y, box.width, box.height))
        if rooms_speak:
            parts.append(svg.words(room, left + box.x + 12, start + box.y + 24, "b"))
            parts += [
                svg.words(line, left + box.x + 12, start + box.y + 24 + svg.LINE * (place + 1), "s")
                for place, line in enumerate(lines[room])
            ]
        else:
            parts.append(svg.words(room, left + box.middle, start + box.y + 23, "b", "middle"))
    parts += [svg.arrow([(left + x, start + y) for x, y in line]) for line in placed.arrows]
    end = start + placed.height + _PAD
    for floor in ground:
        parts += _bars(name, found, floor, end)
        end += _BAR + _FLOOR
    if ground:
        end += _PAD - _FLOOR
    frame = svg.rectangle("house", _EDGE, top, _WIDTH - 2 * _EDGE, end - top)
    head = [svg.words(title, left, top + 26, "b"), svg.words(note, _WIDTH - left, top + 26, "s", "end")]
    return [frame, *head, *parts], end


def _bars(name: str, found: House, floor: tuple[str, ...], top: float) -> list[str]:
    """Return the rooms of a ground floor, which share the width."""
    width = (_WIDTH - 2 * (_EDGE + _PAD) - _FLOOR * (len(floor) - 1)) / len(floor)
    parts = []
    for place, room in enumerate(floor):
        x = _EDGE + _PAD + place * (width + _FLOOR)
        users, above = found.users(room), found.above(room)
        by = f"{len(users)} of {above} rooms above" if len(users) > above / 2 else spoken(users)
        parts += [
            svg.rectangle("base", x, top, width, _BAR),
            svg.words(room, x + 14, top + 23, "b"),
            svg.words(subject(name, room), x + 14, top + 42, "s"),
            svg.words(f"used by {by}", x + width - 14, top + 23, "s", "end"),
        ]
    return parts

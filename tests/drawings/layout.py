"""Where boxes stand on their floors, and the way each arrow takes between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_GAP = 26
_LANE = 12  # the width of an arrow that passes a floor
_ROUNDS = 24


@dataclass(frozen=True)
class Box:
    """A box at its place."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Return the middle from left to right."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Plan:
    """Boxes by name, the points of each arrow, and the height of all."""

    boxes: Mapping[str, Box]
    arrows: Sequence[Sequence[tuple[float, float]]]
    height: float


def plan(
    floors: Sequence[Sequence[str]],
    arrows: Sequence[tuple[str, str]],
    sizes: Mapping[str, tuple[float, float]],
    *,
    width: float,
    stair: float,
) -> Plan:
    """Place boxes so that arrows cross little and go straight.

    Args:
        floors: Names from the top floor to the lowest.
        arrows: From a box to one on a lower floor.
        sizes: Width and height of each box.
        width: What there is from left to right.
        stair: The distance between floors.

    Returns:
        The plan, from 0, 0.

    """
    level = {name: number for number, floor in enumerate(floors) for name in floor}
    # On each floor that an arrow passes it has a lane, which is placed like a box and is not drawn.
    ways = [
        [start, *(f"{start}>{end}@{number}" for number in range(level[start] + 1, level[end])), end]
        for start, end in arrows
    ]
    rows = [list(floor) for floor in floors]
    for way in ways:
        for lane in way[1:-1]:
            rows[int(lane.rpartition("@")[2])].append(lane)
    steps = [step for way in ways for step in pairwise(way)]
    middles = _spread(rows, steps, sizes, width)
    tops, heights, top = [], [], 0.0
    for row in rows:
        height = max(sizes[name][1] for name in row if name in sizes)
        tops.append(top)
        heights.append(height)
        top += height + stair
    boxes = {
        name: Box(middles[name] - sizes[name][0] / 2, tops[level[name]], sizes[name][0], heights[level[name]])
        for name in level
    }
    return Plan(boxes, _lines(ways, boxes, middles, tops, heights), top - stair)


def _spread(
    rows: list[list[str]],
    steps: Sequence[tuple[str, str]],
    sizes: Mapping[str, tuple[float, float]],
    width: float,
) -> dict[str, float]:
    """Return the middle of each box and lane: again and again below and above what it is tied to, in free order."""
    middles = {name: width * (place + 0.5) / len(row) for row in rows for place, name in enumerate(row)}
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 else reversed(rows):
            wished = {}
            for name in row:
                tied = [middles[end] for start, end in steps if start == name]
                tied += [middles[start] for start, end in steps if end == name]
                wished[name] = sum(tied) / len(tied) if tied else middles[name]
            row.sort(key=lambda name: (wished[name], name))
            _set_apart(row, wished, middles, sizes, width)
    return middles


def _set_apart(
    row: Sequence[str],
    wished: Mapping[str, float],
    middles: dict[str, float],
    sizes: Mapping[str, tuple[float, float]],
    width: float,
) -> None:
    """Give each of a row the place nearest to its wish at which none lies on another."""
    half = [sizes[name][0] / 2 if name in sizes else _LANE / 2 for name in row]
    at = [wished[name] for name in row]
    # A full row stands closer.
    gap = min(_GAP, (width - 2 * sum(half)) / max(1, len(row) - 1))
    for _turn in range(60):
        for one in range(len(row) - 1):
            lack = half[one] + gap + half[one + 1] - (at[one + 1] - at[one])
            if lack > 0:
                at[one] -= lack / 2
                at[one + 1] += lack / 2
        at = [min(max(place, edge), width - edge) for place, edge in zip(at, half, strict=True)]
    middles.update(zip(row, (round(place, 1) for place in at), strict=True))


def _lines(
    ways: Sequence[Sequence[str]],
    boxes: Mapping[str, Box],
    middles: Mapping[str, float],
    tops: Sequence[float],
    heights: Sequence[float],
) -> list[list[tuple[float, float]]]:
    """Return the points of each way; those that leave or reach the same box do so beside each other."""
    lines = []
    for way in ways:
        leaving = sorted((middles[other[1]], other[1]) for other in ways if other[0] == way[0])
        reaching = sorted((middles[other[-2]], other[-2]) for other in ways if other[-1] == way[-1])
        start, end = boxes[way[0]], boxes[way[-1]]
        line = [(_port(start, leaving.index((middles[way[1]], way[1])), len(leaving)), start.y + start.height)]
        for lane in way[1:-1]:
            floor = int(lane.rpartition("@")[2])
            line += [(middles[lane], tops[floor]), (middles[lane], tops[floor] + heights[floor])]
        line.append((_port(end, reaching.index((middles[way[-2]], way[-2])), len(reaching)), end.y))
        lines.append(line)
    return lines


def _port(box: Box, place: int, count: int) -> float:
    return round(box.middle + (place - (count - 1) / 2) * min(36, box.width / (count + 1)), 1)

"""The criteria of a gate: those that must be met, and those that should."""

from __future__ import annotations

import math
from typing import NamedTuple

from ... import framework as fw

MOST_POINTS = 10


class Should(NamedTuple):
    """A criterion with its weight and 0 to 10 points."""

    item: str
    weight: float
    points: float


class Gate(NamedTuple):
    """Must criteria by their answer (``open`` have none), and should criteria; ``left_out`` have no such points."""

    met: list[str]
    missed: list[str]
    open: int
    should: list[Should]
    left_out: int

    @property
    def rows(self) -> int:
        """How many criteria can be judged."""
        return len(self.met) + len(self.missed) + len(self.should)

    @property
    def share(self) -> float | None:
        """Weighted share of the points of the should criteria, 0 to 1; None without any weight."""
        weights = math.fsum(entry.weight for entry in self.should)
        if not weights:
            return None
        return math.fsum(entry.weight * entry.points for entry in self.should) / (MOST_POINTS * weights)


def read_gate(table: fw.Table) -> Gate:
    """Read the criteria of a table with the columns type, item, met, weight and value."""
    items, met, weights, values = (
        table.texts("item"),
        table.maybe_flags("met"),
        table.maybe_numbers("weight"),
        table.maybe_numbers("value"),
    )
    gate = Gate([], [], 0, [], 0)
    for row, kind in enumerate(table.texts("type")):
        value, weight = values[row], weights[row]
        if kind == "must" and met[row] is None:
            gate = gate._replace(open=gate.open + 1)
        elif kind == "must":
            (gate.met if met[row] else gate.missed).append(items[row])
        elif kind == "should" and (value is None or value > MOST_POINTS):
            gate = gate._replace(left_out=gate.left_out + 1)
        elif kind == "should" and value is not None:
            gate.should.append(Should(items[row], 1.0 if weight is None else weight, value))
    return gate._replace(met=sorted(gate.met), missed=sorted(gate.missed), should=sorted(gate.should))

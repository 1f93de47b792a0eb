"""The rooms of a house, the floor of each, and which room uses which: from `.importlinter` and the imports."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache

import grimp

from tests.checks import ROOT

#: The contract that has a house's floors.
CONTRACTS = {"iciinsmes": "rooms", "iciinsmes_campus": "campus-rooms"}
#: Folders of a house that are no rooms: Django and the command line look for them under these names.
NO_ROOMS = frozenset({"formats", "locale", "management", "migrations", "settings", "sqlite3", "templatetags"})
#: From this part of the rooms above on, a room is a ground that the house stands on, and gets no arrows.
_GROUND = 1 / 3


@dataclass(frozen=True)
class House:
    """Floors from the top, with the rooms on each; ``uses`` has each room's own imports of other rooms."""

    floors: tuple[tuple[str, ...], ...]
    uses: Mapping[str, frozenset[str]]

    def users(self, room: str) -> list[str]:
        """Return who uses a room."""
        return [name for floor in self.floors for name in floor if room in self.uses[name]]

    def above(self, room: str) -> int:
        """Return how many rooms stand higher."""
        return sum(len(floor) for floor in self.floors[: next(n for n, f in enumerate(self.floors) if room in f)])

    def ground(self) -> tuple[tuple[str, ...], ...]:
        """Return the lowest floors, whose rooms are used by so many that arrows would say nothing."""
        first = len(self.floors)
        while first > 1 and all(len(self.users(room)) >= _GROUND * self.above(room) for room in self.floors[first - 1]):
            first -= 1
        return self.floors[first:]

    def arrows(self) -> list[tuple[str, str]]:
        """Return who uses whom, without what follows from the rest: of A to B, B to C and A to C, not the last."""
        return sorted(
            (room, used)
            for room, all_used in self.uses.items()
            for used in all_used
            if not any(used in self._reached(other) for other in all_used - {used})
        )

    def _reached(self, room: str) -> frozenset[str]:
        return self.uses[room].union(*(self._reached(used) for used in self.uses[room]))


def packages(house: str) -> list[str]:
    """Return every folder of a house that is a room."""
    graph = imports()
    children = (child for child in graph.find_children(house) if graph.find_children(child))
    return sorted(name for child in children if (name := child.rpartition(".")[2]) not in NO_ROOMS)


def listed(contract: str, option: str = "layers") -> list[list[str]]:
    """Return the modules that a contract of `.importlinter` names, a list a line."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser[f"importlinter:contract:{contract}"][option].split("\n")
    return [re.findall(r"[\w.]+", line) for line in lines if line.strip()]


def house(name: str) -> House:
    """Return a house with the rooms that are there."""
    known = set(packages(name))
    rows = (tuple(module.removeprefix(f"{name}.") for module in line) for line in listed(CONTRACTS[name]))
    floors = tuple(floor for row in rows if (floor := tuple(room for room in row if room in known)))
    rooms = {room for floor in floors for room in floor}
    return House(floors, {room: frozenset(_used(name, room) & rooms) for room in sorted(rooms)})


def subject(name: str, room: str) -> str:
    """Return what a room is about, in the first sentence that its package says of itself."""
    said = importlib.import_module(f"{name}.{room}").__doc__ or ""
    return re.split(r"[.;]\s|\.$", said.strip())[0]


@cache
def imports() -> grimp.ImportGraph:
    """Return the imports of both houses."""
    return grimp.build_graph(*CONTRACTS, cache_dir=None)


def _used(name: str, room: str) -> set[str]:
    graph = imports()
    inside = [f"{name}.{room}", *graph.find_descendants(f"{name}.{room}")]
    imported = (target for module in inside for target in graph.find_modules_directly_imported_by(module))
    return {target.split(".")[1] for target in imported if target.startswith(f"{name}.")} - {room}


def spoken(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

"""The table of rooms in the architecture, in the words of their packages."""

from __future__ import annotations

from tests.checks import ROOT

from .marked import with_part
from .rooms import house, subject

PAGE = ROOT / "docs/architecture.md"


def room_page() -> str:
    """Return the page with the rooms of the add-on from the highest floor to the lowest."""
    rooms = [room for floor in house("iciinsmes").floors for room in floor]
    return with_part(PAGE, ["| room | what it is about |\n|---|---|", *(_line(room) for room in rooms)])


def _line(room: str) -> str:
    return f"| `{room}` | {subject('iciinsmes', room)} |"

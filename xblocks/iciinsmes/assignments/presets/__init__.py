"""Complete tasks that authors pick and change: the assignments of the four courses, and a project's two hand-ins.

Each is one OLX file beside this module, in English, read by `olx.task_from_xml` like any task of a course. The
attribute ``course`` is ours and says for which course it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from lxml import etree

from ..data import Task
from ..olx import task_from_xml

#: Titles of the courses as the tasks name them, in teaching order.
_COURSES = {
    "sme1": "Digital tools for hearing and understanding customers",
    "sme2": "Realising customer-centric innovations",
    "ttt1": "Teaching digital tools for customer innovation",
    "ttt2": "Coaching customer-innovation projects in small firms",
}


@dataclass(frozen=True)
class Preset:
    """One line of the choice: ``key`` such as ``w05``, and what an author needs to know to choose."""

    key: str
    title: str
    course: str
    hours: Decimal


@cache
def presets() -> tuple[Preset, ...]:
    """Return all presets in teaching order."""
    return tuple(
        Preset(key=key, title=task.title, course=_COURSES[node.get("course", "")], hours=task.hours)
        for key, node in sorted(_nodes().items(), key=_teaching_order)
        for task in [task_from_xml(node)]
    )


def _teaching_order(item: tuple[str, etree._Element]) -> tuple[int, bool, str]:
    """Return what presets are sorted by: the course, in it what the project hands in behind the assignments."""
    key, node = item
    return list(_COURSES).index(node.get("course", "")), not key.startswith("w"), key


def preset_task(key: str) -> Task:
    """Return the task of a preset.

    Raises:
        KeyError: there is no preset with this key.
    """
    return task_from_xml(_nodes()[key])


@cache
def _nodes() -> dict[str, etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return {
        entry.name.removesuffix(".xml"): etree.fromstring(entry.read_bytes(), parser)
        for entry in files(__package__).iterdir()
        if entry.name.endswith(".xml")
    }

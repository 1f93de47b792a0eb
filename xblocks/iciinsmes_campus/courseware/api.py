"""The only door to the courses: their tree, their units as HTML, and what authors lay over them.

Addresses: the root URLconf includes ``iciinsmes_campus.courseware.urls`` under ``courses/`` (its own namespace is
``courseware``), before the pages that live there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from opaque_keys.edx.keys import CourseKey, UsageKey

from .data import (
    AssignmentType,
    BrokenCourse,
    CourseNode,
    GradingPolicy,
    Node,
    PlainEdit,
    ReadBlock,
    ReadUnit,
    RenderedUnit,
    WholeCourse,
)
from .edits import has_own_editor, plain_edit, save_plain_edit
from .errors import (
    CannotExport,
    Closed,
    CoursewareError,
    InvalidEdit,
    UnknownBlock,
    UnknownCourse,
    UnreadableRuns,
)
from .export import archive, export_course
from .files import CourseFiles
from .languages import as_read, is_page_language, language_name
from .library import forget, lay_over, library, place_run
from .olx import read_course
from .permissions import can_author, may_know
from .rendering import render_editor, render_unit
from .runs import run_starts
from .saving import on_author_save
from .schedule import RunStart, read_schedule
from .whole import read_units

__all__ = [
    "AssignmentType",
    "BrokenCourse",
    "CannotExport",
    "Closed",
    "CourseNode",
    "CoursewareError",
    "GradingPolicy",
    "InvalidEdit",
    "Node",
    "PlainEdit",
    "ReadBlock",
    "ReadUnit",
    "RenderedUnit",
    "RunStart",
    "UnknownBlock",
    "UnknownCourse",
    "UnreadableRuns",
    "WholeCourse",
    "begin_run",
    "broken_courses",
    "can_author",
    "course",
    "courses",
    "export_course",
    "export_folder",
    "forget",
    "grading_policy",
    "has_own_editor",
    "is_page_language",
    "language_name",
    "may_open",
    "neighbours",
    "node",
    "on_author_save",
    "overlay_of",
    "path_to",
    "plain_edit",
    "preload",
    "read_folder",
    "read_units",
    "render_editor",
    "render_unit",
    "run_start",
    "run_zone",
    "save_plain_edit",
    "set_overlay",
    "titles_in_languages",
    "unit_of",
    "units",
]


def preload() -> None:
    """Read all courses now, so that no visitor waits; mistakes go to the log.

    Raises:
        UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    library()


def courses() -> list[CourseNode]:
    """Return all course runs that could be read, by title in the active language."""
    read = (as_read(loaded).course for loaded in library().courses.values())
    return sorted(read, key=lambda course: course.title.casefold())


def broken_courses() -> tuple[BrokenCourse, ...]:
    """Return the course folders that could not be read, with the reason."""
    return library().broken


def course(course_key: CourseKey) -> CourseNode:
    """Return a course run in the active language, or as its author wrote it where it has none of that.

    Raises:
        UnknownCourse: if no folder holds it.
    """
    return as_read(library().course(course_key)).course


def begin_run(course_key: CourseKey, *, day: date, zone: ZoneInfo | None = None) -> RunStart:
    """Give a run its first day for good: the dates of its schedule follow, now and after every start of the campus.

    Args:
        course_key: the course run.
        day: its first day; a day given before is replaced.
        zone: where its days begin and end; by default `run_zone`.

    Raises:
        UnknownCourse: if no folder holds it.
        UnreadableRuns: if the file with the starts of runs cannot be read.
    """
    start = RunStart(day=day, zone=zone or run_zone(course_key))
    place_run(course_key, start)
    return start


def export_folder(folder: Path, *, day: date | None, zone: ZoneInfo | None = None) -> tuple[CourseNode, IO[bytes]]:
    """Return the course run of any folder, and its archive as `export_course` makes it, with the dates of a run.

    Args:
        folder: the course's folder; it need not be on this campus.
        day: the first day of the run; None for an archive that keeps its schedule instead of dates.
        zone: where its days begin and end; by default that of the schedule, or else the campus'.

    Raises:
        UnreadableCourse: if the folder holds no course run.
        UnreadableFile: if its schedule cannot be read.
        CannotExport: if a date cannot be written into the folder's files.
    """
    loaded = read_course(folder)
    if day is not None:
        zone = zone or read_schedule(CourseFiles(folder)).zone or ZoneInfo(settings.TIME_ZONE)
        loaded = read_course(folder, starts={str(loaded.course.key): RunStart(day=day, zone=zone)})
    return loaded.course, archive(loaded, dated=day is not None)


def read_folder(folder: Path) -> CourseNode:
    """Return the course run of any folder: its tree, its grading policy, and what its reader notes as errors.

    Raises:
        UnreadableCourse: if it holds no course run.
    """
    return read_course(folder).course


def run_start(course_key: CourseKey) -> RunStart | None:
    """Return the first day that was given to a run, or None; raise UnreadableRuns."""
    return run_starts().get(str(course_key))


def run_zone(course_key: CourseKey) -> ZoneInfo:
    """Return the zone of a run whose start names none: that of its schedule, or else the campus'.

    Raises:
        UnknownCourse: if no folder holds it.
    """
    return library().course(course_key).schedule.zone or ZoneInfo(settings.TIME_ZONE)


def grading_policy(course_key: CourseKey) -> GradingPolicy:
    """Return how the course run's grade is made, or raise UnknownCourse."""
    return course(course_key).grading


def node(usage_key: UsageKey) -> Node:
    """Return a block in the active language.

    Raises:
        UnknownBlock: if no course has it.
    """
    return as_read(library().of(usage_key)).nodes[usage_key]


def path_to(usage_key: UsageKey) -> tuple[Node, ...]:
    """Return the way from the course's root down to the block, both included, in the active language.

    Raises:
        UnknownBlock: if no course has it.
    """
    return as_read(library().of(usage_key)).way_to(usage_key)


def may_open(user_id: int, usage_key: UsageKey) -> bool:
    """Tell whether a member of the block's course run may open the block now.

    Raises:
        UnknownBlock: if no course has it.
    """
    return may_know(user_id, library().of(usage_key).way_to(usage_key))


def units(course_key: CourseKey) -> tuple[Node, ...]:
    """Return the course run's units (the children of subsections) in reading order, or raise UnknownCourse."""
    root = course(course_key).root
    return tuple(unit for section in root.children for subsection in section.children for unit in subsection.children)


def unit_of(usage_key: UsageKey) -> Node:
    """Return the unit that shows the block; for a container above the units its first one.

    Raises:
        UnknownBlock: if no course has the block, or it holds no unit.
    """
    way = path_to(usage_key)
    if len(way) > 3:
        return way[3]
    here = way[-1]
    while len(way) < 4:
        if not here.children:
            raise UnknownBlock(f"{usage_key} holds no unit.")
        here = here.children[0]
        way = (*way, here)
    return here


def neighbours(usage_key: UsageKey) -> tuple[Node | None, Node | None]:
    """Return the units before and after the block's unit; None at the ends of the course.

    Raises:
        UnknownBlock: if no course has the block.
    """
    unit = unit_of(usage_key)
    row = units(usage_key.course_key)
    place = [entry.usage_key for entry in row].index(unit.usage_key)
    return (row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)


def titles_in_languages(usage_key: UsageKey) -> dict[str, str]:
    """Return a block's title by language, its author's under an empty one; empty for one language or no such block."""
    try:
        source = library().of(usage_key)
    except UnknownBlock:
        return {}
    if not source.others:
        return {}
    found = {"": source, source.course.language: source, **source.others}
    return {language: each.nodes[usage_key].display_name for language, each in found.items()}


def set_overlay(usage_key: UsageKey, fields: Mapping[str, Any]) -> None:
    """Lay an author's saved fields over the course folder's; an empty mapping shows the folder's again.

    This is memory only: whoever keeps overlays calls it after a change and, for all of them, at the start.

    Args:
        usage_key: the block.
        fields: JSON values by field name, content and settings scopes; unknown fields are left out.

    Raises:
        UnknownBlock: if no course has the block.
    """
    lay_over(usage_key, fields)


def overlay_of(usage_key: UsageKey) -> dict[str, Any]:
    """Return the fields in which the block now differs from the course folder, or raise UnknownBlock."""
    block = library().of(usage_key).blocks[usage_key]
    return {
        name: value
        for name, value in block.fields.items()
        if name not in block.original or block.original[name] != value
    }

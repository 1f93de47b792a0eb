"""What the page of a course run's sheets needs."""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.platform import host, labels

from . import api
from .data import ArchiveState, SheetNarrowing, Table
from .labels import table_words


def index_context(course_key: CourseKey, narrowed: SheetNarrowing, user_id: int) -> dict[str, Any]:
    """Return the choices, what was imported, and the archives."""
    coaches = labels(companies.run_coach_ids(course_key=course_key), course_key)
    return {
        "course": host().course(course_key),
        "tables": [(each.value, table_words(each)) for each in Table],
        "narrowed": narrowed,
        "assignments": [(str(key), title) for key, title in assignments.assignments_of(course_key=course_key)],
        "coaches": sorted(((str(key), name) for key, name in coaches.items()), key=lambda each: each[1]),
        "imports": api.imports_of(owner_id=user_id, course_key=course_key),
        **archives_context(course_key, user_id),
    }


def archives_context(course_key: CourseKey, user_id: int) -> dict[str, Any]:
    """Return the archives of a person, and whether one of them is being made."""
    found = api.archives_of(owner_id=user_id, course_key=course_key)
    return {
        "course": host().course(course_key),
        "archives": found,
        "is_making": any(each.state is ArchiveState.MAKING for each in found),
    }

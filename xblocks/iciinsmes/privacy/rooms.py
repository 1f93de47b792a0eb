"""The rooms that keep something about people. A room that is not in this list is neither handed out nor erased."""

from __future__ import annotations

from typing import Protocol

from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.canvases import api as canvases
from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.exercises import api as exercises
from iciinsmes.gallery import api as gallery
from iciinsmes.mentors import api as mentors
from iciinsmes.notices import api as notices
from iciinsmes.personal import PersonalData
from iciinsmes.review import api as review
from iciinsmes.trail import api as trail


class Room(Protocol):
    """The two functions that the api of such a room has."""

    def export_person(self, *, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
        """Return what the room keeps about the person, in one course run or in all."""

    def forget_person(self, *, user_id: int, course_key: CourseKey | None = None) -> None:
        """Remove it, or take the person out of it."""


#: From the top layer down, so that a room still finds below what it has to clear there.
ROOMS: tuple[tuple[str, Room], ...] = (
    ("gallery", gallery),
    ("assignments", assignments),
    ("review", review),
    ("mentors", mentors),
    ("exercises", exercises),
    ("canvases", canvases),
    ("evidence", evidence),
    ("notices", notices),
    ("companies", companies),
    ("trail", trail),
)

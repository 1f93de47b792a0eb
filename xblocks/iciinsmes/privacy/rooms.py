"""Who keeps something about people. A room that is not in this list is neither handed out nor erased.

A host adds what it keeps itself, as the campus does; the add-on knows none of these by name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
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

from .words import ROOM_WORDS


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


class CoursesOf(Protocol):
    """Where something is kept."""

    def __call__(self, *, user_id: int) -> Collection[CourseKey]:
        """Return the course runs."""


@dataclass(frozen=True)
class Source:
    """Somebody who keeps something about people; ``name`` is that of the file in the zip, ``words`` what is in it."""

    name: str
    words: str | Promise
    room: Room
    courses_of: CoursesOf | None = None


_of_host: dict[str, Source] = {}


def register_source(*, name: str, words: str | Promise, room: Room, courses_of: CoursesOf | None = None) -> None:
    """Let a host have what it keeps about people handed out and erased with the rest; called while it starts.

    Args:
        name: of the file in the zip; the same name again replaces what was registered.
        words: what is kept, for the person and for coordinators.
        room: what hands out and erases. Sources are erased after all rooms, in the order in which they were registered:
            what tells who somebody is comes last.
        courses_of: returns the course runs in which it keeps something about the person of this id; None where what is
            kept belongs to no course run.
    """
    _of_host[name] = Source(name=name, words=words, room=room, courses_of=courses_of)


def covers_host() -> bool:
    """Tell whether the host's own data are handed out and erased with those of the add-on."""
    return bool(_of_host)


def sources() -> tuple[Source, ...]:
    """Return all rooms and what the host registered, in the order of erasing."""
    rooms = (Source(name=name, words=ROOM_WORDS[name], room=room) for name, room in ROOMS)
    return (*rooms, *_of_host.values())

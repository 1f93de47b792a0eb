"""Where help is found that belongs to rooms above: they say so, and advice leads there."""

from __future__ import annotations

from typing import Protocol

from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.registry import Registry


class Place(Protocol):
    """A room's answer to where a person finds its help in a course run."""

    def __call__(self, *, user_id: int, course_key: CourseKey) -> str:
        """Return an address, or nothing where there is none for this person."""


_PLACES: Registry[Place] = Registry("place of help")


def register_place(*, code: str, place: Place) -> None:
    """Let pieces of advice of this code lead to a page of the room; said while the app starts.

    Args:
        code: as models of the self-check name it, such as ``CP`` for the firm's project.
        place: finds the page.

    Raises:
        DoubledKey: there is another one for the code.
    """
    _PLACES.add(code, place)


def address_of(*, code: str, user_id: int, course_key: CourseKey) -> str:
    """Return where the person finds the help of this code; empty where no room has any."""
    return _PLACES[code](user_id=user_id, course_key=course_key) if code in _PLACES else ""

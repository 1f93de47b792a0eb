"""Who may open what in a course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import STAFF
from iciinsmes_campus.learning import api as learning

from .data import Node


def is_member(user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person takes part in the course run, in whatever role."""
    return user_id is not None and bool(learning.roles_of(user_id, course_key))


def is_staff(user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person is teacher or coordinator of the course run."""
    return user_id is not None and bool(learning.roles_of(user_id, course_key) & STAFF)


def can_author(user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may change what the course says: its coordinators and teachers."""
    return is_staff(user_id, course_key)


def is_open(node: Node, now: datetime | None = None) -> bool:
    """Tell whether the block itself is open to learners: it has begun and is not for staff only."""
    begun = node.start is None or node.start <= (now or datetime.now(UTC))
    return begun and not node.staff_only


def may_know(user_id: int | None, way: Iterable[Node]) -> bool:
    """Tell whether a member of the course run may open the block now: when it is open, staff always.

    Args:
        user_id: the person.
        way: the block and everything above it: what is inside of a closed part is closed, whatever it says itself.
    """
    way = tuple(way)
    now = datetime.now(UTC)
    return is_staff(user_id, way[-1].usage_key.course_key) or all(is_open(node, now) for node in way)


def can_open(user_id: int | None, way: Iterable[Node]) -> bool:
    """Tell whether the person may open the block at the end of the way: members when it is open, staff always."""
    way = tuple(way)
    return is_member(user_id, way[-1].usage_key.course_key) and may_know(user_id, way)

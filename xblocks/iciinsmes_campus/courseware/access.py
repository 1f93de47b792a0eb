"""Who may open what in a course."""

from __future__ import annotations

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
    """Tell whether learners may open the block: it has begun and is not for staff only."""
    begun = node.start is None or node.start <= (now or datetime.now(UTC))
    return begun and not node.staff_only


def can_open(user_id: int | None, node: Node) -> bool:
    """Tell whether the person may open the block: members when it is open, staff always."""
    course_key = node.usage_key.course_key
    return is_staff(user_id, course_key) or (is_member(user_id, course_key) and is_open(node))

"""What other rooms see of people in courses, and what can go wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role


@dataclass(frozen=True, slots=True)
class CourseMembershipData:
    """What one person is in one course run; ``extensions`` maps a usage key's text to the own due date in UTC."""

    user_id: int
    course_key: CourseKey
    role: Role
    extensions: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of one person in one block, weight applied."""

    earned: Decimal
    possible: Decimal


class LearningError(Exception):
    """Base of this room's errors."""


class InvalidGrade(LearningError, ValueError):
    """Points that make no grade: nothing possible, or not a number."""

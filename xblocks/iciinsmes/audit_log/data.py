"""What the trail hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey


@dataclass(frozen=True)
class AuditLine:
    """One line of the trail.

    ``actor_id`` did ``verb`` to ``subject``, which concerns ``person_id``; either is None for somebody without an
    account, somebody forgotten, and nobody. ``actor_name`` is filled for people without an account.
    """

    id: int
    course_key: CourseKey
    at: datetime
    verb: str
    actor_id: int | None
    actor_name: str
    person_id: int | None
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class TrailPage:
    """A page of the trail, newest line first; ``next_after`` is the key of its last line if more follow."""

    entries: tuple[AuditLine, ...]
    next_after: int | None

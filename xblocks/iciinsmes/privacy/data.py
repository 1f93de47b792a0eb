"""What the privacy room hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Period:
    """How many days something is kept; None for ever."""

    name: str
    words: str
    days: int | None

    @property
    def years(self) -> int | None:
        """The same in years, where it is a whole number of years of 365 days; None otherwise."""
        return self.days // 365 if self.days and self.days % 365 == 0 else None


@dataclass(frozen=True)
class ExpiredRows:
    """How many things of a kind were, or would be, dropped after their time."""

    name: str
    days: int | None
    count: int


@dataclass(frozen=True)
class PersonKept:
    """A person as the coordinator of a course run sees what is kept: ``rooms`` in words, only those with something."""

    user_id: int
    name: str
    username: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class Askable:
    """A course run in which something about a person is kept, and who coordinates it."""

    course: str
    coordinators: tuple[str, ...]


@dataclass(frozen=True)
class TrailRow:
    """One line of the trail in words."""

    at: datetime
    actor: str
    verb: str
    person: str
    thing: str
    detail: str


@dataclass(frozen=True)
class TrailTable:
    """A page of lines in words; ``next_after`` is the key of its last line if more follow."""

    rows: tuple[TrailRow, ...]
    next_after: int | None

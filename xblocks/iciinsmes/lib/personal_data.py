"""Personal data: what every room hands out about one person in one form, which rooms keep some, and for how long.

The rooms and the host say what they keep; `iciinsmes.privacy` makes one zip, one erasure and one retention of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.registry import Registry


def actor_column(help_text: str) -> Any:
    """Return a table's column for who did something: what was done stays when this person is forgotten."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text=help_text
    )


@dataclass(frozen=True)
class PersonalFile:
    """A file of the person: its name as the person knows it, and how to open it for reading bytes."""

    name: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class PersonalData:
    """What a room keeps about a person.

    ``tables`` are rows by the name of their table; rows hold what Django writes as JSON, and may be read once only,
    because they come straight from the database. They name no other person: whoever has the zip has a right to the
    own data, not to that of others.
    """

    tables: Mapping[str, Iterable[Mapping[str, Any]]]
    files: Iterable[PersonalFile] = field(default=())


class Keeper(Protocol):
    """The two functions of who keeps something about people."""

    def export_person(self, *, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
        """Return what is kept about the person, in one course run or in all."""

    def forget_person(self, *, user_id: int, course_key: CourseKey | None = None) -> None:
        """Remove it, or take the person out of it."""


class CoursesOf(Protocol):
    """Where something is kept."""

    def __call__(self, *, user_id: int) -> Collection[CourseKey]:
        """Return the course runs."""


class Expire(Protocol):
    """Remove what is older than a moment, or only count it."""

    def __call__(self, *, before: datetime, dry_run: bool = False) -> int:
        """Return how many there were."""


@dataclass(frozen=True)
class Source:
    """Somebody who keeps something about people; ``name`` is that of the file in the zip, ``words`` what is in it."""

    name: str
    words: str | Promise
    keeper: Keeper
    courses_of: CoursesOf | None
    of_host: bool


@dataclass(frozen=True)
class Kept:
    """Something that is dropped after the number of days in a setting; see `register_period`."""

    words: str | Promise
    setting: str
    expire: Expire
    of_host: bool


_SOURCES: Registry[Source] = Registry("source of personal data")
_PERIODS: Registry[Kept] = Registry("retention period")


def register_source(
    *, name: str, words: str | Promise, keeper: Keeper, courses_of: CoursesOf | None = None, of_host: bool = False
) -> None:
    """Have what somebody keeps about people handed out and erased with the rest; said while the app starts.

    Args:
        name: of the file in the zip.
        words: what is kept, for the person and for coordinators.
        keeper: what hands out and erases, such as a room's module `retirement`.
        courses_of: returns the course runs in which it keeps something about the person of this id; None where these
            are known to another source, or what is kept belongs to no course run.
        of_host: kept by the host. Its sources are erased after all rooms, in the order in which they were registered:
            what tells who somebody is comes last.

    Raises:
        DoubledKey: another source has this name.
    """
    _SOURCES.add(name, Source(name, words, keeper, courses_of, of_host))


def sources() -> tuple[Source, ...]:
    """Return who keeps something, in the order of erasing: a room still finds below what it has to clear there."""
    return tuple(sorted(_SOURCES.values(), key=lambda source: source.of_host))


def register_period(*, name: str, words: str | Promise, setting: str, expire: Expire, of_host: bool = False) -> None:
    """Have something dropped with the rest when it is old; said while the app starts.

    Args:
        name: of the kind, as the command prints it.
        words: what is kept and from when the days count.
        setting: name of the setting with the number of days; None there keeps for ever.
        expire: drops it, or only counts.
        of_host: kept by the host; people read of it last.

    Raises:
        DoubledKey: another kind has this name.
    """
    _PERIODS.add(name, Kept(words, setting, expire, of_host))


def retention_periods() -> Mapping[str, Kept]:
    """Return what is dropped after a time, by name."""
    return dict(sorted(_PERIODS.items(), key=lambda item: item[1].of_host))

"""The dates of a course, counted from the first day of a run: the file ``schedule.toml`` beside its OLX."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .errors import UnreadableFile
from .files import CourseFiles

SCHEDULE = "schedule.toml"
_DAY_KEYS = frozenset({"week", "day", "time"})
_WEEKS = 520


@dataclass(frozen=True, slots=True)
class RunStart:
    """The first day of a run, and the zone in which its days begin and end."""

    day: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in a week of the run; day 1 of a week is the weekday on which the run starts."""

    week: int
    day: int
    time: time

    def in_run(self, start: RunStart) -> datetime:
        """Return the moment in UTC; the clock of the run's zone counts, so a change of clocks moves nothing."""
        day = start.day + timedelta(weeks=self.week - 1, days=self.day - 1)
        return datetime.combine(day, self.time, start.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What ``schedule.toml`` says: moments by block (``course`` or ``type/url_name``) and field."""

    moments: Mapping[str, Mapping[str, Moment]] = field(default_factory=dict)
    zone: ZoneInfo | None = None

    def dates(self, block: str, start: RunStart) -> dict[str, str]:
        """Return the block's dates in a run, as OLX writes them, by field."""
        moments = self.moments.get(block, {})
        return {name: moment.in_run(start).strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in moments.items()}


def read_schedule(files: CourseFiles) -> Schedule:
    """Return the schedule of a course folder; empty without such a file.

    Raises:
        UnreadableFile: if the file says something that makes no schedule; the message names the place.
    """
    if not files.exists(SCHEDULE):
        return Schedule()
    try:
        content = tomllib.loads(files.text(SCHEDULE))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFile(f"{SCHEDULE} is no TOML: {error}.") from error
    zone = content.pop("time_zone", None)
    moments = {block: _moments(block, entries) for block, entries in content.items()}
    return Schedule(moments=moments, zone=None if zone is None else zone_named(zone))


def zone_named(name: Any) -> ZoneInfo:
    """Return a time zone.

    Raises:
        UnreadableFile: if there is no zone of that name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, TypeError, ValueError) as error:
        raise UnreadableFile(f"{name!r} is no time zone; one is written like Europe/Berlin.") from error


def _moments(block: str, entries: Any) -> dict[str, Moment]:
    possible = ("start", "end") if block == "course" else ("start", "due")
    if not isinstance(entries, dict) or not set(entries) <= set(possible):
        raise UnreadableFile(f'{SCHEDULE}: ["{block}"] may hold {" and ".join(possible)} only.')
    return {name: _moment(f"{block}: {name}", entry) for name, entry in entries.items()}


def _moment(place: str, entry: Any) -> Moment:
    if not isinstance(entry, dict) or set(entry) != _DAY_KEYS:
        raise UnreadableFile(f'{SCHEDULE}: {place} must be like {{ week = 3, day = 5, time = "23:59" }}.')
    week, day = entry["week"], entry["day"]
    if type(week) is not int or not 1 <= week <= _WEEKS:
        raise UnreadableFile(f"{SCHEDULE}: {place} needs a week from 1 to {_WEEKS}, not {week!r}.")
    if type(day) is not int or not 1 <= day <= 7:
        raise UnreadableFile(f"{SCHEDULE}: {place} needs a day from 1 to 7, not {day!r}.")
    try:
        clock = entry["time"] if isinstance(entry["time"], time) else time.fromisoformat(entry["time"])
    except (TypeError, ValueError) as error:
        raise UnreadableFile(f"{SCHEDULE}: {place} needs a time like 23:59, not {entry['time']!r}.") from error
    if clock.tzinfo is not None:
        raise UnreadableFile(f"{SCHEDULE}: {place} has a time with a zone; the zone is that of the run.")
    return Moment(week=week, day=day, time=clock)

"""What the command line says about course runs: when they start, and a course folder as an archive for one of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from iciinsmes_campus.courseware import api as courseware

from .errors import CannotStart


def tell_starts() -> None:
    """Print every course run with its first day."""
    try:
        for course in courseware.courses():
            start = courseware.run_start(course.key)
            if start:
                print(f"{course.key}  {start.day}  {start.zone.key}")
            else:
                print(f"{course.key}  {'no start given' if course.needs_start else 'dates stand in its files'}")
    except courseware.UnreadableRuns as error:
        raise CannotStart(str(error)) from error


def give_start(course: str, day: str, zone: str | None) -> None:
    """Give a course run its first day for good.

    Raises:
        CannotStart: with one line about what is wrong.
    """
    key = read_course_key(course)
    try:
        start = courseware.begin_run(key, day=_day(day), zone=read_zone(zone))
    except courseware.UnknownCourse as error:
        raise no_course(course) from error
    except courseware.UnreadableRuns as error:
        raise CannotStart(str(error)) from error
    print(f"{course} starts on {start.day} ({start.day:%A}), {start.zone.key}.")
    if ends := courseware.course(key).end:
        print(f"It ends on {ends.astimezone(start.zone):%Y-%m-%d %H:%M}.")
    print("A campus that is running knows it after its next start.")


def export(folder: Path, day: str, zone: str | None, output: Path | None) -> None:
    """Write a course folder as an archive with the dates of a run that starts on this day.

    Raises:
        CannotStart: with one line about what is wrong.
    """
    try:
        course, archive = courseware.export_folder(folder, day=_day(day), zone=read_zone(zone))
    except courseware.CoursewareError as error:
        raise CannotStart(str(error)) from error
    path = output or Path(f"{course.key.org}.{course.key.course}.{course.key.run}.tar.gz")
    try:
        with archive, path.open("wb") as file:
            shutil.copyfileobj(archive, file)
    except OSError as error:
        raise CannotStart(f"{path} cannot be written ({error.strerror}).") from error
    print(f"{path} holds the course with the dates of a run that starts on {day}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CannotStart(f"{text} is no day; one is written like 2027-02-01.") from error


def read_zone(name: str | None) -> ZoneInfo | None:
    """Return the time zone that was named, None if none was.

    Raises:
        CannotStart: there is no zone of that name.
    """
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, OSError, ValueError) as error:
        raise CannotStart(f"{name} is no time zone; one is written like Europe/Berlin.") from error


def read_course_key(text: str) -> CourseKey:
    """Return the key that was typed.

    Raises:
        CannotStart: it is none.
    """
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError as error:
        raise CannotStart(f"{text} is no course; one is written like course-v1:College+C1+2026.") from error


def no_course(text: str) -> CannotStart:
    """Return the line about a course that is not there, with those that are."""
    known = ", ".join(str(course.key) for course in courseware.courses()) or "none"
    return CannotStart(f"There is no course {text}. The courses are: {known}.")

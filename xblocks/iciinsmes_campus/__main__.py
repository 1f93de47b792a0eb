"""The campus from the command line: ``python -m iciinsmes_campus run | reset | start | courses | person | …``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import cast

from .errors import CannotStart

_OLDEST, _NEWEST = (3, 11), (3, 12)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    whole = argparse.ArgumentParser(prog="iciinsmes-campus", description="The courses in a browser, without Open edX.")
    commands = whole.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="prepare what is missing and serve the campus")
    run.add_argument("--reload", action="store_true", help="begin anew whenever code or a course is saved")
    commands.add_parser("reset", help="throw away all data of the demo and make it anew")
    start = commands.add_parser("start", help="give a course run its first day; without arguments, list all runs")
    start.add_argument("course", nargs="?", help="the course key, such as course-v1:College+C1+2026")
    start.add_argument("day", nargs="?", help="YYYY-MM-DD")
    export = commands.add_parser("export", help="write a course folder as an archive with the dates of a run")
    export.add_argument("folder", type=Path)
    export.add_argument("day", help="the first day of the run, YYYY-MM-DD")
    export.add_argument("--output", type=Path, help="name of the archive")
    courses = commands.add_parser("courses", help="check all courses and build them for Studio in every language")
    courses.add_argument("starts", nargs="*", type=date.fromisoformat, help="first days of runs, YYYY-MM-DD")
    courses.add_argument("--output", type=Path, default=Path("build/courses"), help="the folder to write")
    catalogues = commands.add_parser("catalogues", help="merge the courses' texts into their catalogues")
    catalogues.add_argument("languages", nargs="*", help="codes of languages to begin, such as fr")
    for command in (courses, catalogues):
        command.add_argument("--courses", type=Path, default=Path("courses"), help="the folder of courses")
        command.add_argument("--catalogues", type=Path, default=Path("translations/courses"))
    for command in (start, export, courses):
        command.add_argument("--time-zone", help="where the days of the run begin and end, such as Europe/Berlin")
    person = commands.add_parser("person", help="give somebody a role in a course, with a new account if there is none")
    person.add_argument("who", help="a user name, or the mail address of an account that is there")
    person.add_argument("course", help="the course key, such as course-v1:College+C1+2026")
    person.add_argument("role", choices=["coordinator", "teacher", "learner"])
    person.add_argument("--mail", help="the address of a new account")
    person.add_argument("--name", help="the full name of a new account")
    manage = commands.add_parser("manage", help="pass a command to Django, for example: manage createsuperuser")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code, 2 with one clear line if something is missing."""
    reader = parser()
    options = reader.parse_args(arguments)
    if options.command == "start" and options.course and not options.day:
        reader.error("the first day is missing: YYYY-MM-DD")
    try:
        _check_python()
        return _obey(options)
    except CannotStart as error:
        problem = str(error)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("iciinsmes"):
            raise
        problem = (
            f"The Python package {error.name} is missing. Install the campus with: pip install 'iciinsmes[campus]'"
        )
    except OSError as error:
        if not _is_in_home(error.filename):
            raise
        problem = f"{error.filename} cannot be used ({error.strerror}). Set CAMPUS_HOME to a folder of your own."
    except KeyboardInterrupt:
        return 0
    print(problem, file=sys.stderr)
    return 2


def _obey(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iciinsmes_campus.settings")
    # Said by the `fs` package below XBlock; setup.py keeps the setuptools that it needs.
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)
    # The problem block loads nltk for chemistry, and nltk scipy, a second of each start, for a statistic of word pairs
    # that nobody here asks for; it goes on without.
    sys.modules.setdefault("scipy", cast(ModuleType, None))
    if options.command == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["iciinsmes-campus manage", *options.rest])
        return 0
    from . import server

    if options.command in ("start", "export", "courses", "catalogues", "person"):
        server.start_django()
        _obey_about_courses(options)
        return 0
    # A service manager's polite stop is the same as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if options.command == "reset":
        server.reset()
    elif options.reload:
        from .reloading import run_and_reload

        run_and_reload()
    else:
        server.run()
    return 0


def _obey_about_courses(options: argparse.Namespace) -> None:
    from . import builds, members, runs

    if options.command in ("courses", "catalogues"):
        place = builds.BuildPlace(options.courses, options.catalogues, getattr(options, "output", Path()))
        if options.command == "catalogues":
            builds.update_catalogues(place, options.languages)
        else:
            builds.build(place, starts=options.starts, zone=runs.read_zone(options.time_zone))
    elif options.command == "person":
        members.give_role(options.who, options.course, options.role, mail=options.mail, name=options.name)
    elif options.command == "export":
        runs.export(options.folder, options.day, options.time_zone, options.output)
    elif options.course:
        runs.give_start(options.course, options.day, options.time_zone)
    else:
        runs.tell_starts()


def _check_python() -> None:
    if not _OLDEST <= sys.version_info[:2] <= _NEWEST:
        here = ".".join(map(str, sys.version_info[:2]))
        raise CannotStart(f"The campus needs Python 3.11 or 3.12, and this is Python {here}.")


def _is_in_home(filename: object) -> bool:
    """Tell whether a file belongs to the campus' own data; an error about any other file is a mistake of ours."""
    home = Path(os.environ.get("CAMPUS_HOME", ".campus")).resolve()
    return isinstance(filename, str | Path) and Path(filename).is_relative_to(home)


if __name__ == "__main__":
    sys.exit(main())

"""A campus for a load: empty, but for many learners."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from tests.database import throw_away_database

PASSWORD = "load-test-password"


@dataclass(frozen=True)
class Prepared:
    """A campus that can be started: its folder, its learners, and what its process must know."""

    home: Path
    names: tuple[str, ...]
    environment: dict[str, str]


class TaskPaths(TypedDict):
    """Where the task is that everybody works on."""

    unit_path: str
    work_path: str
    questions: tuple[str, ...]


def add_database_options(parser: argparse.ArgumentParser) -> None:
    """Let the command line name another database than SQLite."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--database", help="URL of an empty MySQL or MariaDB database")
    where.add_argument("--mariadb", action="store_true", help="a throw-away database on the server of the test suite")


@contextlib.contextmanager
def prepared(people: int, options: argparse.Namespace) -> Iterator[Prepared]:
    """Create folder, database and learners; folder and database are gone afterwards.

    The settings read the environment once, so this must be the first use of Django in the process.

    Args:
        people: how many learners.
        options: what `add_database_options` has read.
    """
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campus-load-")))
        url = stack.enter_context(throw_away_database()) if options.mariadb else options.database
        environment = {"CAMPUS_DATABASE_URL": url} if url else {}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPUS_", "DJANGO_"))}
        os.environ.clear()
        os.environ |= {**inherited, "CAMPUS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "iciinsmes_campus.settings"}
        os.environ |= environment
        import django

        django.setup()
        from django.db import connection

        names = _create_learners(people)
        try:
            yield Prepared(home, names, environment)
        finally:
            connection.close()


def _create_learners(people: int) -> tuple[str, ...]:
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import transaction

    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.api import enrol

    call_command("migrate", verbosity=0)
    hashed = make_password(PASSWORD)
    names = tuple(f"load-{number:03}" for number in range(people))
    with transaction.atomic():
        for name in names:
            user = User.objects.create(username=name, email=f"{name}@example.org", password=hashed)
            enrol(user_id=user.id, course_key=courses()[0].key)
    return names


def sessions(names: tuple[str, ...]) -> list[str]:
    """Return the cookie of a signed-in session for each learner: where signing in is not what is looked at.

    Checking a password takes a large part of a second on purpose.
    """
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    users = User.objects.in_bulk(names, field_name="username")
    found = []
    for name in names:
        browser = Client()
        browser.force_login(users[name], backend="django.contrib.auth.backends.ModelBackend")
        found.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return found


def task_paths() -> TaskPaths:
    """Return where the first assignment of the first course is."""
    from django.urls import reverse

    from iciinsmes_campus.courseware.api import courses

    course = courses()[0]
    leaf = next(node for node in course.root.leaves() if node.block_type == "workplace_assignment")
    return TaskPaths(
        unit_path=reverse("campus:block", args=[course.key, leaf.usage_key]),
        work_path=reverse("iciinsmes:work", args=[leaf.usage_key]),
        questions=("channels", "finding"),
    )

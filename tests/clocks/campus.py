"""One campus under one clock: it starts with its demo, everybody gets in, and the demo is whole."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import requests

from tests.campus_process import running_campus

from .faked import Clock, environment

COURSE_KEY = "course-v1:ICIinSMEs+SME1+2026"
#: How many days ago the run of a fresh demo started: today is the fourth day of week 5.
_DAYS = 4 * 7 + 3
#: Who looks at what: pages that count days, sort by dates or say when something is due.
_VISITORS = {
    "anna.nordlicht": ("/", f"/courses/{COURSE_KEY}/", f"/courses/{COURSE_KEY}/progress/"),
    "teacher": ("/", f"/courses/{COURSE_KEY}/", f"/iciinsmes/desk/{COURSE_KEY}/", f"/courses/{COURSE_KEY}/gradebook/"),
    "coordinator": ("/", f"/courses/{COURSE_KEY}/", "/outbox/"),
}
#: How long works wait for the teacher.
_AGES = ("17 days", "9 days", "4 days", ">1 day ")
_SECONDS = 60
#: What people are told hangs on the hour: reminders are due in the demo, and none is sent at night or on a holiday.
_TOLD = {"iciinsmes_notice", "iciinsmes_outgoingmail", "iciinsmes_reminder", "iciinsmes_campus_outboxmail"}


class Wrong(Exception):
    """The campus does not do under this clock what it does on any other day."""


def prepare(home: Path) -> Path:
    """Make a campus without a demo, whose database and styles the others begin with."""
    home.mkdir()
    with running_campus(home, demo=False):
        pass
    return home


def visit(clock: Clock, *, template: Path, library: Path) -> Mapping[str, int]:
    """Start a copy of the campus under the clock, look at its pages, and count the rows of its tables.

    Raises:
        Wrong: something is not as on any other day.
    """
    home = template.with_name(re.sub(r"\W", "-", clock.name))
    shutil.copytree(template, home)
    (home / "server.log").unlink()
    try:
        with running_campus(home, demo=True, environment=environment(clock, library)) as address:
            pages = _look_around(address)
    except RuntimeError as error:
        raise Wrong(str(error)) from error
    said = (home / "server.log").read_text(encoding="utf-8")
    for word in ("Traceback", "missing", "problem:", "no dates"):
        if word in said:
            raise Wrong(f"the console says {word!r}:\n{said}")
    _check_start(home, clock)
    _check_dates(pages, clock)
    counts = _counts(home / "campus.sqlite3")
    shutil.rmtree(home)
    return counts


def _look_around(address: str) -> dict[str, str]:
    """Return what everybody sees by address and name."""
    seen = {}
    for username, paths in _VISITORS.items():
        with requests.Session() as session:
            login = _get(session, f"{address}/login/")
            if "Parts of this demo are missing" in login:
                raise Wrong(f"the sign-in page misses parts of the demo:\n{login}")
            token = session.cookies["csrftoken"]
            form = {"username": username, "csrfmiddlewaretoken": token}
            answer = session.post(f"{address}/login/demo/", form, headers={"Referer": address}, timeout=_SECONDS)
            if not answer.ok:
                raise Wrong(f"{username} does not get in: {answer.status_code}")
            for path in paths:
                seen[f"{username} {path}"] = _get(session, address + path)
    return seen


def _get(session: requests.Session, url: str) -> str:
    answer = session.get(url, timeout=_SECONDS, allow_redirects=False)
    if answer.status_code != 200:
        raise Wrong(f"{url}: {answer.status_code} {answer.text[:500]}")
    # Lines of a template break where they like.
    return " ".join(answer.text.split())


def _check_start(home: Path, clock: Clock) -> None:
    runs = json.loads((home / "runs.json").read_text(encoding="utf-8"))
    start = date.fromisoformat(runs[COURSE_KEY]["start"])
    # Midnight may have passed meanwhile.
    if clock.today - start not in (timedelta(days=_DAYS), timedelta(days=_DAYS + 1)):
        raise Wrong(f"the run starts on {start}, so today is another day of it")


def _check_dates(pages: Mapping[str, str], clock: Clock) -> None:
    if (course := pages[f"anna.nordlicht /courses/{COURSE_KEY}/"]).count("was due"):
        raise Wrong(f"something was due already:\n{course}")
    queue = pages[f"teacher /iciinsmes/desk/{COURSE_KEY}/"]
    if lost := [age for age in _AGES if age not in queue]:
        raise Wrong(f"no work waits for {', '.join(lost)}:\n{queue}")


def _counts(database: Path) -> dict[str, int]:
    """Return how many rows each table has, but those of `_TOLD`."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [str(name) for (name,) in found if name not in _TOLD]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}

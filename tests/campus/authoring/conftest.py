"""A copy of the real course that authors may change, and its people."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from iciinsmes.platform import Role
from iciinsmes_campus.authoring import sync
from iciinsmes_campus.courseware import api as courseware
from tests.checks import ROOT
from tests.people import SME1, person

HTML = SME1.make_usage_key("html", "why-firms-move-text")
PROBLEM = SME1.make_usage_key("problem", "hit-rate")
W01 = SME1.make_usage_key("workplace_assignment", "w01")
UNIT = SME1.make_usage_key("vertical", "why-firms-move")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, db):
    """Courses and memory of this process are thrown away after each test, as its rows are."""
    folder = tmp_path / "courses" / "hearing-customers"
    shutil.copytree(ROOT / "courses" / "hearing-customers", folder)
    settings.COURSES_ROOT = folder.parent
    settings.HOME = tmp_path
    forget()
    courseware.begin_run(SME1, day=date(2026, 10, 5), zone=ZoneInfo("Europe/Berlin"))
    yield folder
    forget()


def forget() -> None:
    """Be a process that has just started."""
    courseware.forget()
    sync._laid.clear()
    sync._seen = None


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run a block as if its transaction were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def teacher(db):
    return person("tea", Role.TEACHER, first_name="Tea", last_name="Cher")


@pytest.fixture
def author(client, teacher):
    """A browser in which the teacher is signed in."""
    client.force_login(teacher)
    return client


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

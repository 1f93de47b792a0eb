"""Homes of campuses for tests that start one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campus.folders import course_folder
from tests.campus_process import prepare_home, running_campus


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home that was open once, with tables and styles: they are half of what a first start takes."""
    courses = tmp_path_factory.mktemp("courses")
    course_folder(courses)
    return prepare_home(tmp_path_factory, worker_id, demo=False, environment={"CAMPUS_COURSES": str(courses)})


@pytest.fixture
def home(tmp_path: Path, _prepared: Path) -> Path:
    """A private home that was open once and holds nothing yet, of one test."""
    return Path(shutil.copytree(_prepared, tmp_path / "home"))


@pytest.fixture(scope="module")
def open_campus(_prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A campus that is open, after a crash has left something in its home; its home and address."""
    folder = tmp_path_factory.mktemp("open")
    course_folder(folder / "courses")
    home = Path(shutil.copytree(_prepared, folder / "home"))
    (home / "server.log").touch(mode=0o600)
    (home / "evidence").mkdir(mode=0o700)
    (home / "evidence" / "files" / "00").mkdir(parents=True)
    (home / "evidence" / "files" / "00" / "stray").write_text("x")
    with running_campus(home, demo=False, environment={"CAMPUS_COURSES": str(folder / "courses")}) as address:
        yield home, address

"""Homes of campuses for tests that start one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.campus.run.test_starting import call


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database has its tables, made once: it is half of what a first start takes."""
    home = tmp_path_factory.mktemp("prepared")
    home.chmod(0o700)
    done = call(home, "manage", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    (home / "secret-key").unlink()
    (home / "campus.sqlite3").chmod(0o600)
    return home


@pytest.fixture
def home(tmp_path: Path, _prepared: Path) -> Path:
    """A private home with tables and nothing else, of one test."""
    return Path(shutil.copytree(_prepared, tmp_path / "home"))

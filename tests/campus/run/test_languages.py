"""A campus starts with a course in several languages, whatever is wrong with them and whoever starts at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.campus.folders import course_folder
from tests.campus.run.test_starting import SECONDS, environment
from tests.campus.translated import GERMAN, translate
from tests.campus_process import running_campus


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    """A small course beside its German catalogue, where a campus looks for one."""
    course_folder(tmp_path / "courses")
    translate(tmp_path / "translations/courses")
    return {"CAMPUS_COURSES": str(tmp_path / "courses")}


def test_two_processes_at_once_leave_a_whole_copy(tmp_path, given):
    home = tmp_path / "home"
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "iciinsmes_campus", "start"],
            env=environment(home, **given),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _process in range(2)
    ]
    said = [process.communicate(timeout=SECONDS)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    copy = home / "editions/small/de"
    assert "Hallo" in (copy / "html/h1.html").read_text()
    assert "Kleiner Kurs" in (copy / "course/2026.xml").read_text()
    assert sorted(path.name for path in copy.parent.iterdir()) == ["de", "de.made-of", "lock"]


def test_a_start_says_the_languages_and_goes_on_with_a_broken_one(home, tmp_path, given):
    elsewhere = tmp_path / "elsewhere"
    translate(elsewhere)
    translate(elsewhere, GERMAN, language="pl").write_bytes(b'msgid "\xff"\nmsgstr "x"\n')
    with running_campus(home, demo=False, environment={**given, "CAMPUS_CATALOGUES": str(elsewhere)}):
        pass
    log = (home / "server.log").read_text()
    assert "In en, de" in log
    assert "problem: It is not there in the language pl" in log

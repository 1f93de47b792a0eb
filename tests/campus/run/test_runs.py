"""Giving a run its first day, and a course folder as an archive for a run, as the command line does it."""

from __future__ import annotations

import json
import tarfile

import pytest

from iciinsmes_campus import runs
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.errors import CannotStart
from tests.campus.folders import COURSE, course_folder

SCHEDULE = '[course]\nstart = { week = 1, day = 1, time = "08:00" }\nend = { week = 2, day = 5, time = "23:59" }\n'


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.COURSES_ROOT = tmp_path / "courses"
    folder = course_folder(settings.COURSES_ROOT, {"schedule.toml": SCHEDULE})
    courseware.forget()
    yield folder
    courseware.forget()


def test_a_start_is_given_told_and_kept(capsys):
    runs.tell_starts()
    assert "no start given" in capsys.readouterr().out
    runs.give_start(str(COURSE), "2027-02-01", "Europe/Warsaw")
    said = capsys.readouterr().out
    assert "2027-02-01 (Monday), Europe/Warsaw" in said
    assert "2027-02-12 23:59" in said
    courseware.forget()
    runs.tell_starts()
    assert capsys.readouterr().out.split() == [str(COURSE), "2027-02-01", "Europe/Warsaw"]


@pytest.mark.parametrize(
    ("course", "day", "zone", "word"),
    [
        ("nonsense", "2027-02-01", None, "is no course"),
        ("course-v1:A+B+C", "2027-02-01", None, f"The courses are: {COURSE}"),
        (str(COURSE), "1 February", None, "is no day"),
        (str(COURSE), "2027-02-29", None, "is no day"),
        (str(COURSE), "2027-02-01", "Mars", "is no time zone"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_changes_nothing(settings, course, day, zone, word):
    with pytest.raises(CannotStart) as told:
        runs.give_start(course, day, zone)
    assert word in str(told.value)
    assert "\n" not in str(told.value)
    assert not (settings.HOME / "runs.json").exists()


def test_starts_of_several_runs_stay(settings, tmp_path):
    (settings.HOME / "runs.json").write_text('{"course-v1:A+B+C": {"start": "2026-01-01", "time_zone": "UTC"}}')
    runs.give_start(str(COURSE), "2027-02-01", None)
    assert json.loads((settings.HOME / "runs.json").read_text()).keys() == {"course-v1:A+B+C", str(COURSE)}


def test_a_folder_is_exported_for_a_run(folder, tmp_path, capsys):
    runs.export(folder, "2027-02-01", "Europe/Berlin", tmp_path / "out.tar.gz")
    with tarfile.open(tmp_path / "out.tar.gz") as tar:
        names = tar.getnames()
        file = tar.extractfile("small/course/2026.xml")
        assert file is not None
        assert b'start="2027-02-01T07:00:00Z" end="2027-02-12T22:59:00Z"' in file.read()
    assert "small/schedule.toml" not in names
    assert not (folder.parents[1] / "home" / "runs.json").exists()
    with pytest.raises(CannotStart, match=r"course\.xml is missing"):
        runs.export(tmp_path, "2027-02-01", None, None)
    with pytest.raises(CannotStart, match="cannot be written"):
        runs.export(folder, "2027-02-01", None, tmp_path / "nowhere" / "out.tar.gz")

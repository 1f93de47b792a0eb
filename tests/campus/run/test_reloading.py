"""``make dev``: the campus begins anew when somebody saves a file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from tests.campus.folders import course_folder
from tests.campus.run.test_starting import SECONDS, call, environment


def test_the_campus_begins_anew_when_a_course_is_saved(home: Path, tmp_path: Path):
    courses, log = tmp_path / "courses", tmp_path / "log"
    course_folder(courses)
    given = environment(home, CAMPUS_COURSES=str(courses))
    address = f"http://127.0.0.1:{given['PORT']}/healthz"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "iciinsmes_campus", "run", "--reload"]
        process = subprocess.Popen(command, env=given, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until(lambda: _times_open(log) == 1, log)
        # The watching begins beside the start; what is saved before it has seen all files is no change.
        _wait_until(lambda: _is_noticed(next(courses.rglob("*.xml")), log), log)
        _wait_until(lambda: _times_open(log) == 2, log)
        assert requests.get(address, timeout=5).ok
    finally:
        process.terminate()
        process.wait(timeout=30)
    _wait_until(lambda: not _answers(address), log)


def test_what_is_missing_ends_it_with_one_line(tmp_path: Path):
    ended = call(tmp_path, "run", "--reload", PORT="no")
    assert ended.returncode == 2
    assert ended.stderr.strip() == "PORT must be a number from 1 to 65535, not 'no'."


def _is_noticed(file: Path, log: Path) -> bool:
    file.touch()
    return "changed, reloading" in log.read_text(errors="replace")


def _times_open(log: Path) -> int:
    return log.read_text(errors="replace").count("The campus is open")


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).ok
    except requests.ConnectionError:
        return False


def _wait_until(is_so: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.1)

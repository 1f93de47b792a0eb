"""Starting, stopping and resetting the campus, as the command line does it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from iciinsmes_campus import __main__ as command
from tests.campus.folders import course_folder
from tests.campus_process import free_port, running_campus

SECONDS = 120


def environment(home: Path, **given: str) -> dict[str, str]:
    """Return the environment of a campus with its data in ``home``, free of what this test run was started with."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPUS_", "DJANGO_"))}
    return {**inherited, "CAMPUS_HOME": str(home), "PORT": str(free_port()), **given}


def call(home: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "iciinsmes_campus", *arguments],
        env=environment(home, **given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def complaint(answer: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that a campus which cannot start leaves behind."""
    assert answer.returncode == 2, answer.stderr
    (line,) = answer.stderr.strip().splitlines()
    return line


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one small course, so that starting is quick."""
    courses = tmp_path / "courses"
    course_folder(courses)
    return courses


def test_a_taken_port_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = complaint(call(tmp_path, "run", PORT=str(port)))
    assert f"Port {port} cannot be used" in line
    assert f"PORT={port + 1}" in line
    assert not (tmp_path / "campus.sqlite3").exists()


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_a_port_is_a_number(tmp_path, port):
    assert "PORT must be a number" in complaint(call(tmp_path, "run", PORT=port))


def test_a_home_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    line = complaint(call(tmp_path / "file" / "home", "run"))
    assert "cannot be used" in line
    assert "CAMPUS_HOME" in line


@pytest.mark.parametrize(
    ("url", "word"),
    [("oracle://x/y", "mysql://"), ("nonsense", "mysql://"), ("mysql://root@127.0.0.1:1/none", "database")],
)
def test_a_database_that_cannot_be_used_is_one_line(tmp_path, url, word):
    if url.startswith("mysql://"):
        pytest.importorskip("MySQLdb")
    assert word in complaint(call(tmp_path, "run", CAMPUS_DATABASE_URL=url))


def test_a_demo_without_its_course_is_one_line(home, small):
    line = complaint(call(home, "run", CAMPUS_DEMO="1", CAMPUS_COURSES=str(small)))
    assert "course-v1:ICIinSMEs+SME1+2026" in line
    assert str(small) in line


def test_a_python_that_is_too_old_or_too_new_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    assert command.main(["run"]) == 2
    assert capsys.readouterr().err.strip() == "The campus needs Python 3.11 or 3.12, and this is Python 3.13."


def test_a_missing_package_is_one_line(tmp_path, home, small):
    (tmp_path / "waitress.py").write_text("raise ModuleNotFoundError('No module named waitress', name='waitress')")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    answer = call(home, "run", PYTHONPATH=path, CAMPUS_COURSES=str(small))
    assert "iciinsmes[campus]" in complaint(answer)


def test_it_starts_says_what_it_does_and_keeps_its_data(tmp_path, small):
    home = tmp_path / "home"
    home.mkdir()
    given = {"CAMPUS_COURSES": str(small)}
    with running_campus(home, demo=False, environment=given) as address:
        health = requests.get(f"{address}/healthz", timeout=10)
        assert health.json() == {"status": "ok", "database": "ok", "courses": 1, "broken_courses": 0}
        login = requests.get(f"{address}/login/", timeout=10)
        style = next(part.split('"')[0] for part in login.text.split('href="')[1:] if "/campus." in part)
        served = requests.get(address + style, timeout=10, headers={"Accept-Encoding": "gzip"})
        assert served.headers["Content-Encoding"] == "gzip"
        assert "immutable" in served.headers["Cache-Control"]
        taken = complaint(call(home, "run", **given))
        assert "already running" in taken
    said = (home / "server.log").read_text()
    assert "Preparing the database ... " in said
    assert "Small course (course-v1:Test+OLX1+2026)" in said
    assert "everything is kept" in said
    assert "Warning" not in said
    assert oct(home.joinpath("secret-key").stat().st_mode)[-3:] == "600"
    secret = home.joinpath("secret-key").read_text()

    (home / "server.log").unlink()
    with running_campus(home, demo=False, environment=given):
        pass
    said = (home / "server.log").read_text()
    assert "Preparing the database" not in said
    assert "Collecting" not in said
    assert home.joinpath("secret-key").read_text() == secret


def test_a_course_without_a_start_is_told_with_what_to_do(home, small):
    (small / "small" / "schedule.toml").write_text(
        '["sequential/s1"]\ndue = { week = 1, day = 5, time = "23:59" }\n', encoding="utf-8"
    )
    given = {"CAMPUS_COURSES": str(small)}
    with running_campus(home, demo=False, environment=given):
        pass
    command = "start course-v1:Test+OLX1+2026"
    assert f"It has no dates yet. Give its first day: iciinsmes-campus {command}" in (home / "server.log").read_text()
    done = call(home, *command.split(), "2027-02-01", **given)
    assert done.returncode == 0, done.stderr
    (home / "server.log").unlink()
    with running_campus(home, demo=False, environment=given):
        pass
    assert "no dates" not in (home / "server.log").read_text()


def test_starts_that_cannot_be_read_are_one_line(home, small):
    (home / "runs.json").write_text("{")
    answer = call(home, "run", CAMPUS_COURSES=str(small))
    assert "runs.json is no JSON" in complaint(answer)


def test_people_who_read_shut_nobody_out(open_campus):
    _home, address = open_campus
    with contextlib.ExitStack() as stack:
        # A browser keeps its connections when the page is there.
        for _reader in range(200):
            reader = stack.enter_context(requests.Session())
            assert reader.get(f"{address}/healthz", timeout=30).ok
        assert requests.get(f"{address}/healthz", timeout=30).ok


def test_a_start_tidies_up_what_a_crash_has_left(open_campus):
    home, _address = open_campus
    assert (home / "evidence" / "files" / "00").exists()
    assert not (home / "evidence" / "files" / "00" / "stray").exists()


def test_a_private_folder_stays_quiet(open_campus):
    home, _address = open_campus
    assert {path.stat().st_mode & 0o077 for path in home.iterdir()} == {0}
    assert "open to others" not in (home / "server.log").read_text()


@pytest.fixture
def _heeds_ctrl_c():
    """Tests that run behind others' backs ignore Ctrl-C, and what they start would do so too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeds_ctrl_c")
def test_ctrl_c_ends_it_quietly(home, small):
    process = subprocess.Popen(
        [sys.executable, "-m", "iciinsmes_campus", "run"],
        env=environment(home, CAMPUS_COURSES=str(small)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert "Traceback" not in "".join(said)
    assert "everything is kept" in said[-1]


def test_reset_is_for_demos_only(tmp_path):
    home = tmp_path / "home"
    assert "on a demo only" in complaint(call(home, "reset"))
    named = {"CAMPUS_DEMO": "1", "CAMPUS_DATABASE_URL": f"sqlite:///{home}/other.sqlite3"}
    assert "another database" in complaint(call(home, "reset", **named))


def add_account(home: Path, username: str) -> None:
    with contextlib.closing(sqlite3.connect(home / "campus.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO auth_user (username, password, first_name, last_name, email, is_superuser, is_staff,"
            " is_active, date_joined) VALUES (?, '', '', '', '', 0, 0, 1, '2026-01-01')",
            [username],
        )


def accounts(home: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(home / "campus.sqlite3")) as database:
        return {name for (name,) in database.execute("SELECT username FROM auth_user")}


def test_reset_makes_the_demo_anew_and_touches_nothing_else(home):
    add_account(home, "ann")
    assert "not those of the demo" in complaint(call(home, "reset", CAMPUS_DEMO="1"))
    assert accounts(home) == {"ann"}

    add_account(home, "teacher")
    (home / "evidence").mkdir()
    (home / "evidence" / "stray").write_text("x")
    (home / "mine").write_text("x")
    secret = (home / "secret-key").read_text()
    done = call(home, "reset", CAMPUS_DEMO="1")
    assert done.returncode == 0, done.stderr
    assert "Loading the demo" in done.stdout
    assert {"teacher", "coordinator"} < accounts(home)
    assert "ann" not in accounts(home)
    assert not (home / "evidence" / "stray").exists()
    assert (home / "mine").exists()
    assert (home / "secret-key").read_text() == secret

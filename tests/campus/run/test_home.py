"""The campus' folder and database: private, whole, used by one campus at a time, and belonging together."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest
import requests

from iciinsmes_campus.errors import CannotStart
from iciinsmes_campus.server import check_demo_is_among_us
from tests.campus.run.test_starting import add_account, call, complaint, small
from tests.campus_process import running_campus

__all__ = ["small"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def said(home: Path) -> str:
    return (home / "server.log").read_text()


def add_file(database: Path, name: str, *, kept: bool) -> None:
    """Put a stored file into the table, with the object only if somebody writes it."""
    columns = {
        "id": name.rpartition("/")[2][:36].replace("-", ""),
        "course_key": "course-v1:A+B+C",
        "subject": "0" * 32,
        "subject_kind": "work",
        "name": "a.pdf",
        "description": "",
        "state": "stored",
        "announced_size": 1,
        "announced_sha256": "",
        "received": 1,
        "size": 1,
        "sha256": "",
        "content_type": "application/pdf",
        "storage_name": name,
        "question": "",
        "in_draft": 1,
        "kept": int(kept),
        "created_at": "2020-01-01 00:00:00",
    }
    with contextlib.closing(sqlite3.connect(database)) as open_database, open_database:
        (owner,) = open_database.execute("SELECT id FROM auth_user LIMIT 1").fetchone()
        columns["owner_id"] = owner
        marks = ", ".join("?" * len(columns))
        open_database.execute(
            f"INSERT INTO iciinsmes_evidencefile ({', '.join(columns)}) VALUES ({marks})",
            list(columns.values()),
        )


def files(database: Path) -> list[tuple[str, bool]]:
    with contextlib.closing(sqlite3.connect(database)) as open_database:
        rows = open_database.execute("SELECT storage_name, missing_since FROM iciinsmes_evidencefile ORDER BY 1")
        return [(name, since is not None) for name, since in rows.fetchall()]


def moved(home: Path, database: Path) -> Path:
    """Let the database of the home lie elsewhere."""
    return (home / "campus.sqlite3").rename(database)


class TestPrivacy:
    def test_a_folder_that_is_open_to_others_becomes_private(self, home, small):
        object_ = home / "evidence" / "files" / "00" / "x"
        object_.parent.mkdir(parents=True)
        object_.write_text("x")
        for path in (home, *home.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        with running_campus(home, demo=False, environment={"CAMPUS_COURSES": str(small)}):
            everything = [path for path in (home, *home.rglob("*")) if "static" not in path.parts]
            assert {mode(path) & 0o077 for path in everything} == {0}
            assert mode(home) == 0o700
            assert mode(home / "secret-key") == 0o600
            assert mode(home / "campus.sqlite3") == 0o600
        assert "was open to others" in said(home)

    def test_a_database_elsewhere_becomes_private_too(self, tmp_path, home, small):
        database = moved(home, tmp_path / "elsewhere.sqlite3")
        given = {"CAMPUS_COURSES": str(small), "CAMPUS_DATABASE_URL": f"sqlite:///{database}"}
        database.chmod(0o644)
        with running_campus(home, demo=False, environment=given):
            assert mode(database) == 0o600

    def test_everybodys_folder_is_no_home(self, tmp_path):
        home = tmp_path / "everybody"
        home.mkdir()
        home.chmod(0o1777)
        assert "folder for everybody" in complaint(call(home, "run"))
        assert mode(home) == 0o1777


class TestSecret:
    @pytest.mark.parametrize(
        ("key", "word"),
        [
            ("", "is empty"),
            ("   ", "is empty"),
            ("hunter2", "has 7 characters"),
            ("a" * 60, "different characters"),
            ("django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 2, "everybody knows"),
        ],
    )
    @pytest.mark.parametrize("place", ["variable", "file"])
    def test_a_key_that_protects_nothing_is_one_line(self, tmp_path, key, word, place):
        home = tmp_path / "home"
        if place == "file":
            home.mkdir()
            (home / "secret-key").write_text(key)
        line = complaint(call(home, "run", **({"CAMPUS_SECRET_KEY": key} if place == "variable" else {})))
        assert word in line
        assert ("CAMPUS_SECRET_KEY" if place == "variable" else str(home / "secret-key")) in line
        assert key.strip() == "" or key not in line
        assert not (home / "campus.sqlite3").exists()

    def test_a_key_that_is_no_text_is_one_line(self, tmp_path):
        (tmp_path / "secret-key").write_bytes(os.urandom(64) + b"\xff")
        assert "secret" in complaint(call(tmp_path, "run"))


class TestDatabase:
    @pytest.mark.parametrize("damage", ["nonsense", "overwritten", "cut"])
    def test_a_damaged_database_is_one_line(self, home, small, damage):
        given = {"CAMPUS_COURSES": str(small)}
        database = home / "campus.sqlite3"
        for name in ("-wal", "-shm"):
            (home / f"campus.sqlite3{name}").unlink(missing_ok=True)
        content = database.read_bytes()
        harmed = {
            "nonsense": b"this is no database" * 1000,
            "overwritten": content[:8192] + b"\xff" * (len(content) - 8192),
            "cut": content[: len(content) // 2],
        }[damage]
        database.write_bytes(harmed)
        line = complaint(call(home, "run", **given))
        assert str(database) in line
        assert "damaged" in line
        assert database.read_bytes() == harmed

    def test_a_database_of_another_version_is_one_line_and_reset_begins_anew(self, home, small):
        given = {"CAMPUS_COURSES": str(small)}
        database = home / "campus.sqlite3"
        with contextlib.closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('iciinsmes', '0099_later', '2026-01-01')"
            )
        line = complaint(call(home, "run", **given))
        assert "iciinsmes 0099_later" in line
        assert "make reset" in line

    def test_a_second_campus_with_another_home_does_not_start(self, tmp_path, home, small):
        database = moved(home, tmp_path / "one.sqlite3")
        given = {"CAMPUS_COURSES": str(small), "CAMPUS_DATABASE_URL": f"sqlite:///{database}"}
        with running_campus(home, demo=False, environment=given):
            line = complaint(call(tmp_path / "second", "run", **given))
        assert "already running with the database" in line
        assert str(database) in line

    def test_files_that_another_home_does_not_show_stay(self, tmp_path, home, small):
        database = moved(home, tmp_path / "one.sqlite3")
        given = {"CAMPUS_COURSES": str(small), "CAMPUS_DATABASE_URL": f"sqlite:///{database}"}
        with contextlib.closing(sqlite3.connect(database)) as open_database, open_database:
            open_database.execute(
                "INSERT INTO auth_user (username, password, first_name, last_name, email, is_superuser, is_staff,"
                " is_active, date_joined) VALUES ('ann', '', '', '', '', 0, 0, 1, '2026-01-01')"
            )
        names = [f"files/0{number}/0000000{number}-0000-4000-8000-000000000000-aaaaaaaa" for number in (1, 2)]
        for name, kept in zip(names, (False, True), strict=True):
            add_file(database, name, kept=kept)
            (home / "evidence" / name).parent.mkdir(parents=True)
            (home / "evidence" / name).write_text("x")

        mistyped = tmp_path / "hmoe"
        mistyped.mkdir()
        # So that no styles are collected, which is no matter here.
        (home / "static").rename(mistyped / "static")
        with running_campus(mistyped, demo=False, environment=given):
            pass
        assert files(database) == [(name, True) for name in names]
        assert "2 files that people have added are not in" in said(mistyped)

        with running_campus(home, demo=False, environment=given):
            pass
        assert files(database) == [(name, False) for name in names]
        assert all((home / "evidence" / name).exists() for name in names)

    def test_files_of_another_database_stay(self, tmp_path, home, small):
        given = {"CAMPUS_COURSES": str(small)}
        object_ = home / "evidence" / "files" / "01" / "00000001-0000-4000-8000-000000000000-aaaaaaaa"
        object_.parent.mkdir(parents=True)
        object_.write_text("x")
        database = moved(home, tmp_path / "mistyped.sqlite3")
        with contextlib.closing(sqlite3.connect(database)) as open_database, open_database:
            # As in a database that was never used: it knows of no folder.
            open_database.execute("DELETE FROM iciinsmes_campus_storagemark")
        other = {**given, "CAMPUS_DATABASE_URL": f"sqlite:///{database}"}
        for _start in range(2):
            with running_campus(home, demo=False, environment=other):
                pass
        assert object_.exists()
        assert "belong to another database" in said(home)


class TestDemo:
    @pytest.mark.parametrize(
        ("host", "given"),
        [
            ("0.0.0.0", {}),
            ("192.0.2.1", {}),
            ("127.0.0.1", {"ALLOWED_HOSTS": ["localhost", "campus.example.org"]}),
            ("127.0.0.1", {"ALLOWED_HOSTS": ["*"]}),
            ("127.0.0.1", {"ADDRESS": "https://campus.example.org"}),
            ("127.0.0.1", {"PROXIES": 1}),
        ],
    )
    def test_other_machines_reach_no_demo(self, settings, host, given):
        settings.ADDRESS, settings.ALLOWED_HOSTS, settings.PROXIES = "http://127.0.0.1:8000", ["localhost"], 0
        settings.DEMO_FOR_EVERYBODY = False
        check_demo_is_among_us("127.0.0.1")
        for name, value in given.items():
            setattr(settings, name, value)
        with pytest.raises(CannotStart, match="CAMPUS_DEMO_FOR_EVERYBODY=yes"):
            check_demo_is_among_us(host)
        settings.DEMO_FOR_EVERYBODY = True
        check_demo_is_among_us(host)

    def test_a_demo_that_others_reach_does_not_start(self, home, small):
        given = {"CAMPUS_DEMO": "1", "CAMPUS_COURSES": str(small), "CAMPUS_BIND": "0.0.0.0"}
        answer = call(home, "run", **given, CAMPUS_DEMO_FOR_EVERYBODY="0")
        assert "CAMPUS_DEMO_FOR_EVERYBODY=yes" in complaint(answer)

    def test_the_demo_is_never_added_to_real_people(self, home, small):
        given = {"CAMPUS_COURSES": str(small)}
        add_account(home, "teacher")
        with running_campus(home, demo=True, environment=given) as address:
            login = requests.get(f"{address}/login/", timeout=10).text
            assert "demo" not in login.lower()
            assert requests.post(f"{address}/login/demo/", {"username": "teacher"}, timeout=10).status_code in (
                403,
                404,
            )
        assert "accounts here that are not the demo's" in said(home)
        with contextlib.closing(sqlite3.connect(home / "campus.sqlite3")) as database:
            assert database.execute("SELECT username FROM auth_user").fetchall() == [("teacher",)]

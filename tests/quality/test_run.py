"""The door of ``make test`` tells what failed, what was skipped and why, and never hangs."""

from __future__ import annotations

import configparser
import sys

import pytest

from tests import run
from tests.checks import ROOT, Check, checks

FINE = (sys.executable, "-c", "print('3 passed in 0.1s')")


@pytest.fixture
def table(monkeypatch):
    """Replace the real checks by others."""

    def put(*rows: Check) -> None:
        monkeypatch.setattr(run, "checks", lambda: rows)

    return put


def test_all_passed(table, capsys):
    table(Check("suite", "suite", FINE, is_suite=True))
    assert run.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "suite: 3 passed in 0.1s" in lines
    assert lines[-1] == "1 passed, 0 failed, 0 skipped"


def test_a_failure_shows_its_output_and_fails_the_run(table, capsys):
    table(Check("broken", "quality", (sys.executable, "-c", "import sys; sys.exit('the reason')")))
    assert run.main([]) == 1
    said = capsys.readouterr().out
    assert "the reason" in said
    assert "FAILED: broken" in said
    assert said.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def test_a_skip_says_why_and_does_not_fail_the_run(table, capsys):
    table(Check("browser", "browser", FINE, why_not=lambda: "no Chromium"))
    assert run.main([]) == 0
    said = capsys.readouterr().out
    assert "skipped: browser (no Chromium)" in said
    assert said.splitlines()[-1] == "0 passed, 0 failed, 1 skipped"


def test_a_check_that_hangs_is_stopped_with_its_children(table, capsys):
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    table(Check("endless", "suite", (sys.executable, "-c", child), seconds=1))
    assert run.main([]) == 1
    assert "Stopped after 1 s." in capsys.readouterr().out


def test_what_must_be_named_runs_only_then(table, capsys):
    table(Check("usual", "suite", FINE), Check("special", "versions", FINE, when_named=True))
    assert run.main([]) == 0
    assert "special" not in capsys.readouterr().out
    assert run.main(["versions"]) == 0
    assert "special" in capsys.readouterr().out


def test_only_the_groups_named_run(table, capsys):
    table(Check("one", "quality", FINE), Check("other", "docs", FINE))
    assert run.main(["docs"]) == 0
    said = capsys.readouterr().out
    assert "other" in said
    assert "one " not in said


def test_an_unknown_group_is_named(capsys):
    with pytest.raises(SystemExit):
        run.main(["spelling"])
    assert "unknown group spelling" in capsys.readouterr().err


def test_every_group_has_a_tox_environment():
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini")
    groups = {check.group for check in checks()}
    named = {tox[section]["set_env"].removeprefix("GROUP=") for section in tox.sections() if "set_env" in tox[section]}
    assert groups == named | {"suite"}

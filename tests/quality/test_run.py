"""The door of ``make test`` tells what failed, what was skipped and why, and never hangs."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
import time

import pytest

from tests import run
from tests.checks import ROOT, Check, checks
from tests.drawings.check_table import together

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


def test_two_run_beside_each_other(table, tmp_path):
    def waits_for(own: str, other: str) -> tuple[str, ...]:
        code = f"""
import pathlib, time
here = pathlib.Path({str(tmp_path)!r})
(here / {own!r}).touch()
while not (here / {other!r}).exists():
    time.sleep(0.05)
"""
        return (sys.executable, "-c", code)

    table(
        Check("one", "suite", waits_for("one", "other"), seconds=30),
        Check("other", "docs", waits_for("other", "one"), seconds=30),
    )
    assert run.main([]) == 0


def test_ctrl_c_stops_what_runs(table, monkeypatch, tmp_path):
    pid = tmp_path / "pid"
    endless = f"""
import os, pathlib, time
draft = pathlib.Path({str(tmp_path / "draft")!r})
draft.write_text(str(os.getpid()))
draft.rename({str(pid)!r})
time.sleep(60)
"""
    quick = f"import pathlib, time\nwhile not pathlib.Path({str(pid)!r}).exists(): time.sleep(0.05)"
    table(
        Check("endless", "suite", (sys.executable, "-c", endless)),
        Check("quick", "docs", (sys.executable, "-c", quick)),
    )

    def interrupted(_outcome):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "_tell", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.main([])
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_polite_stop_ends_what_runs(tmp_path):
    pid = tmp_path / "pid"
    endless = f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    started = f"""
import runpy, sys
from tests import checks
checks.checks = lambda: (checks.Check("endless", "suite", (sys.executable, "-c", {endless!r})),)
runpy.run_module("tests.run", run_name="__main__")
"""
    path = os.pathsep.join([str(ROOT), str(ROOT / "xblocks")])
    runner = subprocess.Popen([sys.executable, "-c", started], cwd=ROOT, env={**os.environ, "PYTHONPATH": path})
    _wait_until(lambda: pid.exists() and pid.read_text())
    runner.terminate()
    assert runner.wait(timeout=20) != 0
    _wait_until(lambda: not _runs(int(pid.read_text())))


def _wait_until(is_so):
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


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


def test_a_check_that_has_become_slow_says_what_is_usual(table, capsys):
    wait = (sys.executable, "-c", "import time; time.sleep(2.5)")
    table(Check("slow", "suite", wait, usual=1), Check("quick", "suite", FINE, usual=100))
    assert run.main([]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "usually" in line]
    assert [line.split()[0] for line in lines] == ["slow"]


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


def test_all_of_it_fits_into_the_time_that_ci_has():
    # Beside the checks CI installs two environments, and runs on the oldest versions what these show.
    installing = 120
    oldest = sum(check.usual for check in checks() if check.group == "hosts")
    assert installing + together() + oldest < 30 * 60


def test_every_check_says_what_it_promises_and_how_long_it_takes():
    assert [check.name for check in checks() if not (check.promise and check.usual)] == []
    assert [check.name for check in checks() if check.usual * 2 > check.seconds] == []

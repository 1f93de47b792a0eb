"""The tests that depend on dates, under two clocks at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .faked import Clock, clocks, environment

ROOT = Path(__file__).resolve().parents[2]

#: What counts days, compares dates, or shows them. All other tests have been run under another clock too; these are the
#: ones that would break first.
TESTS = (
    "tests/assignments/test_rules.py",
    "tests/campus/courseware/test_schedule.py",
    "tests/campus/test_demo_history.py",
    "tests/campus/test_demo_projects.py",
    # The other steps fail in the same way on any day, and each loads the demo.
    "tests/campus/test_demo_steps.py::test_a_step_that_fails_costs_its_part_only",
    "tests/campus/test_demo_steps.py::test_it_is_loaded_in_week_5_and_ages_from_then_on",
    "tests/mentors/test_rules.py",
    "tests/notices/test_digests.py",
    "tests/notices/test_reminders.py",
    "tests/notices/test_schedule.py",
    "tests/privacy/test_retention.py",
)
_CLOCKS = ("in a year", "clocks go forward")


def run_tests(folder: Path, library: Path) -> bool:
    """Run the tests, and return whether one of them failed."""
    chosen = [clock for clock in clocks() if clock.name in _CLOCKS]
    running = [(clock, _start(clock, folder, library)) for clock in chosen]
    failed = False
    for clock, process in running:
        output, _ = process.communicate()
        print(f"{clock.name}, {clock.moment} {clock.zone}: {output.strip().splitlines()[-1]}", flush=True)
        if process.returncode:
            failed = True
            print(output, flush=True)
    return failed


def _start(clock: Clock, folder: Path, library: Path) -> subprocess.Popen[str]:
    home = folder / f"tests-{clock.name.replace(' ', '-')}"
    home.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--maxfail=20", "-m", "not browser"]
    return subprocess.Popen(
        [*command, *TESTS],
        cwd=ROOT,
        env={**os.environ, **environment(clock, library), "CAMPUS_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )

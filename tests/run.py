"""Run every test and check that this machine can run: ``python -m tests.run [group ...]``.

Two checks run beside each other, because a browser mostly waits. One line a check as it ends, the whole output of those
that fail, and what was skipped with the reason. The groups are the environments of ``tox.ini``; without one, everything
runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

from tests.checks import ROOT, Check, checks

_WIDTH = 28
_BESIDE_EACH_OTHER = 2
#: So many times as long as usual, and the line says so: what `tests/README.md` tells is to stay true.
_SLOW = 2


@dataclass(frozen=True)
class Outcome:
    """What became of a check; ``detail`` is the output of a failure or the reason of a skip."""

    check: Check
    word: str
    seconds: float
    detail: str
    last_line: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run the checks of the groups named, or all; return 1 if one failed."""
    known = list(dict.fromkeys(check.group for check in checks()))
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument(
        "groups",
        nargs="*",
        metavar="group",
        help=f"of {', '.join(known)}; none means all but those that must be named",
    )
    named = parser.parse_args(arguments).groups
    wanted = named or known
    if unknown := sorted(set(wanted) - set(known)):
        parser.error(f"unknown group {', '.join(unknown)}; known are {', '.join(known)}")

    print(f"Python {platform.python_version()}, Django {version('Django')}", flush=True)
    started = time.monotonic()
    outcomes = _run_all([check for check in checks() if check.group in wanted and (named or not check.when_named)])
    _tell_sum(outcomes, time.monotonic() - started)
    return int(any(outcome.word == "FAILED" for outcome in outcomes))


def _run_all(chosen: Sequence[Check]) -> list[Outcome]:
    running: set[subprocess.Popen[str]] = set()
    with ThreadPoolExecutor(_BESIDE_EACH_OTHER) as pool:
        jobs = [pool.submit(_run, check, running) for check in chosen]
        try:
            for job in as_completed(jobs):
                _tell(job.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(running):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            raise
    return [job.result() for job in jobs]


def _tell(outcome: Outcome) -> None:
    note = outcome.detail if outcome.word == "skipped" else outcome.last_line
    if outcome.check.usual and outcome.seconds > _SLOW * outcome.check.usual:
        note += f" (usually {outcome.check.usual} s)"
    line = f"  {outcome.check.name:<{_WIDTH}}{outcome.word:<8}{outcome.seconds:7.1f} s  {note}"
    print(line.rstrip(), flush=True)
    if outcome.word == "FAILED":
        print(f"\n{outcome.detail}\n", flush=True)


def _run(check: Check, running: set[subprocess.Popen[str]]) -> Outcome:
    started = time.monotonic()
    reason = check.why_not()
    if reason:
        return Outcome(check, "skipped", time.monotonic() - started, reason)
    with _called(check) as process:
        running.add(process)
        failed, output = _wait_for(process, check.seconds)
        running.discard(process)
    seconds = time.monotonic() - started
    lines = output.strip().splitlines()
    last_line = lines[-1].strip("= ") if check.is_suite and lines else ""
    return Outcome(check, "FAILED" if failed else "passed", seconds, output.rstrip(), last_line)


def _called(check: Check) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "xblocks")])
    # An own process group, so that a browser or a test worker does not outlive a check that hangs.
    return subprocess.Popen(
        check.command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def _wait_for(process: subprocess.Popen[str], seconds: int) -> tuple[bool, str]:
    """Return whether the command failed, and everything it said."""
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return True, f"{output}\nStopped after {seconds} s."
    return process.returncode != 0, output


def _tell_sum(outcomes: Sequence[Outcome], seconds: float) -> None:
    suites = [outcome for outcome in outcomes if outcome.last_line]
    print()
    for outcome in suites:
        print(f"{outcome.check.name}: {outcome.last_line}")
    for word in ("skipped", "FAILED"):
        for outcome in outcomes:
            if outcome.word == word:
                print(f"{word}: {outcome.check.name}{f' ({outcome.detail})' if word == 'skipped' else ''}")
    count = Counter(outcome.word for outcome in outcomes)
    print(f"Time: {seconds:.0f} s")
    print(f"{count['passed']} passed, {count['FAILED']} failed, {count['skipped']} skipped", flush=True)


if __name__ == "__main__":
    # A shell's background job begins with Ctrl-C ignored, and hands that on; the tests press Ctrl-C themselves.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # A polite stop ends what runs as well: each check is a process group of its own and would go on.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")

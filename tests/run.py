"""Run every test and check that this machine can run: ``python -m tests.run [group ...]``.

One line a check as it goes, the whole output of those that fail, and what was skipped with the reason. The groups are
the environments of ``tox.ini``; without one, everything runs.
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
from dataclasses import dataclass
from importlib.metadata import version

from tests.checks import ROOT, Check, checks

_WIDTH = 28


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
    chosen = [check for check in checks() if check.group in wanted and (named or not check.when_named)]
    outcomes = [_run_and_tell(check) for check in chosen]
    _tell_sum(outcomes)
    return int(any(outcome.word == "FAILED" for outcome in outcomes))


def _run_and_tell(check: Check) -> Outcome:
    print(f"  {check.name:<{_WIDTH}}", end="", flush=True)
    outcome = _run(check)
    note = f"  {outcome.detail}" if outcome.word == "skipped" else f"  {outcome.last_line}"
    print(f"{outcome.word:<8}{outcome.seconds:7.1f} s{note.rstrip()}", flush=True)
    if outcome.word == "FAILED":
        print(f"\n{outcome.detail}\n", flush=True)
    return outcome


def _run(check: Check) -> Outcome:
    started = time.monotonic()
    reason = check.why_not()
    if reason:
        return Outcome(check, "skipped", time.monotonic() - started, reason)
    failed, output = _call(check)
    seconds = time.monotonic() - started
    lines = output.strip().splitlines()
    last_line = lines[-1].strip("= ") if check.is_suite and lines else ""
    return Outcome(check, "FAILED" if failed else "passed", seconds, output.rstrip(), last_line)


def _call(check: Check) -> tuple[bool, str]:
    """Return whether the command failed, and everything it said."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "xblocks")])
    # An own process group, so that a browser or a test worker does not outlive a check that hangs.
    process = subprocess.Popen(
        check.command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=check.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return True, f"{output}\nStopped after {check.seconds} s."
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return process.returncode != 0, output


def _tell_sum(outcomes: Sequence[Outcome]) -> None:
    suites = [outcome for outcome in outcomes if outcome.last_line]
    print()
    for outcome in suites:
        print(f"{outcome.check.name}: {outcome.last_line}")
    for word in ("skipped", "FAILED"):
        for outcome in outcomes:
            if outcome.word == word:
                print(f"{word}: {outcome.check.name}{f' ({outcome.detail})' if word == 'skipped' else ''}")
    count = Counter(outcome.word for outcome in outcomes)
    print(f"Time: {sum(outcome.seconds for outcome in outcomes):.0f} s")
    print(f"{count['passed']} passed, {count['FAILED']} failed, {count['skipped']} skipped", flush=True)


if __name__ == "__main__":
    # A shell's background job begins with Ctrl-C ignored, and hands that on; the tests press Ctrl-C themselves.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")

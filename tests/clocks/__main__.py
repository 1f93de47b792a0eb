"""Start the campus with its demo under ten clocks, then run the tests that depend on dates under two of them.

``python -m tests.clocks`` for all of it, ``python -m tests.clocks campus`` or ``tests`` for one half.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .campus import Wrong, prepare, visit
from .faked import clocks, find_library
from .suites import run_tests

_AT_ONCE = 2


def main() -> int:
    """Return 1 if something differs under one of the clocks."""
    parser = argparse.ArgumentParser(prog="python -m tests.clocks", description=__doc__)
    parser.add_argument("half", nargs="?", choices=["campus", "tests"])
    half = parser.parse_args().half
    library = find_library()
    if library is None:
        print("libfaketime is not installed")
        return 1
    failed = False
    with tempfile.TemporaryDirectory(prefix="campus-clocks-") as folder:
        if half != "tests":
            failed |= _campus(Path(folder), library)
        if half != "campus":
            failed |= run_tests(Path(folder), library)
    return int(failed)


def _campus(folder: Path, library: Path) -> bool:
    template = prepare(folder / "template")
    expected = None
    failed = False
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        visits = [(clock, pool.submit(visit, clock, template=template, library=library)) for clock in clocks()]
        for clock, job in visits:
            try:
                counts = job.result()
                expected = expected or counts
                if counts != expected:
                    differing = {name: n for name, n in counts.items() if n != expected.get(name)}
                    raise Wrong(f"another demo than today: {differing}")
            except Wrong as error:
                failed = True
                print(f"{clock.name}, {clock.moment} {clock.zone}: {error}", flush=True)
            else:
                print(f"{clock.name}, {clock.moment} {clock.zone}: {sum(counts.values())} rows, as today", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())

"""Many learners at once against a campus of its own: ``python -m tests.load [--people 20] [--seconds 60]``.

Bounded in people and time, on the loopback address only. Ends with exit code 1 if a request failed on the server's
side, a hand-in was lost or doubled, words were lost, or the database was locked.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.campus_process import running_campus
from tests.load.campus import PASSWORD, prepare
from tests.load.person import Person, Sample

#: What the server may answer to somebody who does everything right; a second click on hand-in is one of these too.
_EXPECTED = {200, 201, 302}


def main(arguments: Sequence[str]) -> int:
    """Run the load and print a table; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--people", type=int, default=20, choices=range(1, 201), metavar="1-200")
    parser.add_argument("--seconds", type=int, default=60, choices=range(1, 601), metavar="1-600")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="URL of an empty MySQL or MariaDB database instead of SQLite")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="campus-load-") as folder:
        home = Path(folder)
        database = {"CAMPUS_DATABASE_URL": options.database} if options.database else {}
        names = prepare(home, options.people, database)
        with running_campus(home, demo=False, environment=database) as address:
            people = [_person(name, address, random.Random(f"{options.seed}-{name}")) for name in names]
            with ThreadPoolExecutor(options.people) as pool:
                list(pool.map(lambda person: person.sign_in(PASSWORD), people))
                until = time.monotonic() + options.seconds
                list(pool.map(lambda person: person.work(until), people))
                list(pool.map(Person.hand_in, people))
        samples = [sample for person in people for sample in person.samples]
        _tell(samples, options.people, options.seconds)
        broken = [*_server_failures(samples), *_lost_or_doubled(people), *_complaints(home / "server.log")]
    for line in broken:
        print(f"BROKEN: {line}")
    print("every promise kept" if not broken else f"{len(broken)} promises broken")
    return int(bool(broken))


def _person(name: str, address: str, chance: random.Random) -> Person:
    from django.urls import reverse

    from iciinsmes_campus.courseware.api import courses

    course = courses()[0]
    leaf = next(node for node in course.root.leaves() if node.block_type == "workplace_assignment")
    return Person(
        name=name,
        address=address,
        unit_path=reverse("campus:block", args=[course.key, leaf.usage_key]),
        work_path=reverse("iciinsmes:work", args=[leaf.usage_key]),
        questions=("channels", "finding"),
        random=chance,
    )


def _server_failures(samples: Sequence[Sample]) -> list[str]:
    return [f"{sample.what} answered {sample.status}" for sample in samples if sample.status not in _EXPECTED]


def _lost_or_doubled(people: Sequence[Person]) -> list[str]:
    """Compare what the database holds with what each person was told."""
    from iciinsmes.assignments.models import Round, Work

    broken = []
    for person in people:
        rounds = list(Round.objects.filter(work__owner__username=person.name))
        if len(rounds) != 1:
            broken.append(f"{person.name} has {len(rounds)} rounds instead of 1")
            continue
        if any(rounds[0].answers.get(question) != person.text for question in person.questions):
            broken.append(f"{person.name} handed in other words than were saved")
        if len(rounds[0].evidence) != person.files:
            broken.append(f"{person.name} handed in {len(rounds[0].evidence)} files instead of {person.files}")
    if Work.objects.filter(state="handed_in").count() != len(people):
        broken.append("not every work is handed in")
    return broken


def _complaints(log: Path) -> list[str]:
    words = ("database is locked", "Traceback", "Deadlock")
    return [line for line in log.read_text(errors="replace").splitlines() if any(word in line for word in words)]


def _tell(samples: Sequence[Sample], people: int, seconds: int) -> None:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for sample in samples:
        by_kind[sample.what].append(sample.seconds * 1000)
    print(f"{people} people, {seconds} s, {len(samples)} requests, {len(samples) / seconds:.0f} a second")
    print(f"{'request':<12}{'count':>7}{'median ms':>11}{'p95 ms':>9}{'worst ms':>10}")
    for what, times in sorted(by_kind.items()):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{what:<12}{len(times):>7}{statistics.median(times):>11.0f}{p95:>9.0f}{max(times):>10.0f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

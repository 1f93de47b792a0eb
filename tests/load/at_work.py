"""A working day in short: ``python -m tests.load work [--people 20] [--seconds 60]``.

Learners sign in, read, write and upload, then hand in with a double click. Broken is: a request that failed on the
server's side, a hand-in that was lost or doubled, lost words, a locked database.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.campus_process import running_campus
from tests.load.campus import PASSWORD, add_database_options, prepared, task_paths
from tests.load.person import Person
from tests.load.promises import broken_rounds, broken_storage, complaints, unexpected
from tests.load.report import tell_result, tell_times

#: What the server may answer to somebody who does everything right; a second click on hand-in is one of these too.
_EXPECTED = {200, 201, 302}


def main(arguments: Sequence[str]) -> int:
    """Run the load and print a table; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load work", description=__doc__)
    parser.add_argument("--people", type=int, default=20, choices=range(1, 201), metavar="1-200")
    parser.add_argument("--seconds", type=int, default=60, choices=range(1, 601), metavar="1-600")
    parser.add_argument("--seed", type=int, default=1)
    add_database_options(parser)
    options = parser.parse_args(arguments)
    with prepared(options.people, options) as campus:
        with running_campus(campus.home, demo=False, environment=campus.environment) as address:
            people = [
                Person(name=name, address=address, random=random.Random(f"{options.seed}-{name}"), **task_paths())
                for name in campus.names
            ]
            with ThreadPoolExecutor(options.people) as pool:
                list(pool.map(lambda person: person.sign_in(PASSWORD), people))
                until = time.monotonic() + options.seconds
                list(pool.map(lambda person: person.work(until), people))
                list(pool.map(Person.hand_in, people))
        broken = [
            *(line for person in people for line in unexpected(person, _EXPECTED)),
            *broken_rounds({person.name: person.sent for person in people}),
            *broken_storage(),
            *complaints(campus.home / "server.log"),
        ]
    samples = [sample for person in people for sample in person.samples]
    print(f"{options.people} people, {options.seconds} s, {len(samples)} requests")
    tell_times(samples)
    return tell_result(broken)

"""Everybody hands in at once: ``python -m tests.load hand-ins [--people 200]``.

Each learner has a draft and a file, and presses "hand in" twice at the same moment as all others. Beside it, every
fourth saves other words in a second tab, and every other fourth uploads one more file. Broken is: not exactly one round
each, other words or files than were confirmed, completion not booked once, an error of the server, a locked database.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from tests.campus_process import running_campus
from tests.load.campus import add_database_options, prepared, sessions, task_paths
from tests.load.person import Person
from tests.load.promises import Sent, broken_rounds, broken_storage, complaints, half_works, unexpected
from tests.load.report import tell_result, tell_times

#: Besides success: 409 tells a click that the second tab was faster, 410 a save or an upload that it came too late.
_EXPECTED = {200, 201, 409, 410}
#: So many requests are under way while people get ready and while they read once more.
_CALM = 8
_LATE = ("late.csv", b"channel;per month\nphone;12\n" * 40)


@dataclass
class _Learner:
    """A learner, the clicks on "hand in" by their answer, and what the second tab was told."""

    person: Person
    beside: str = ""
    clicks: list[int] = field(default_factory=list)
    saved_beside: bool = False

    def get_ready(self) -> None:
        self.person.read()
        self.person.save()
        self.person.upload()

    def click(self) -> None:
        self.clicks.append(self.person.press().status_code)

    def do_beside(self) -> None:
        if self.beside == "save":
            self.saved_beside = self.person.send_draft(self.person.write()).ok
        else:
            self.person.send_file(*_LATE)

    def read_and_hand_in(self) -> None:
        self.person.read()
        self.person.press()

    @property
    def was_refused(self) -> bool:
        return 200 not in self.clicks

    @property
    def sent(self) -> Sent:
        late = (_LATE[0], hashlib.sha256(_LATE[1]).hexdigest())
        return replace(self.person.sent, maybe=frozenset({late} if self.beside == "upload" else ()))

    @property
    def broken(self) -> list[str]:
        """Words that were confirmed beside a hand-in that did not carry them are lost."""
        both = self.saved_beside and not self.was_refused
        lost = [f"{self.person.name} was told that both the hand-in and other words are saved"] if both else []
        return [*lost, *unexpected(self.person, _EXPECTED)]


def main(arguments: Sequence[str]) -> int:
    """Run the scenario and print a table; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load hand-ins", description=__doc__)
    parser.add_argument("--people", type=int, default=200, choices=range(1, 501), metavar="1-500")
    parser.add_argument("--seed", type=int, default=1)
    add_database_options(parser)
    options = parser.parse_args(arguments)
    with prepared(options.people, options) as campus:
        cookies = sessions(campus.names)
        with running_campus(campus.home, demo=False, environment=campus.environment) as address:
            learners = []
            for number, (name, cookie) in enumerate(zip(campus.names, cookies, strict=True)):
                chance = random.Random(f"{options.seed}-{name}")
                person = Person(name=name, address=address, random=chance, **task_paths())
                person.session.cookies.set("sessionid", cookie)
                learners.append(_Learner(person, beside={0: "save", 1: "upload"}.get(number % 4, "")))
            _calmly(_Learner.get_ready, learners)
            seconds = _at_once(learners)
            refused = [learner for learner in learners if learner.was_refused]
            _calmly(_Learner.read_and_hand_in, refused)
        broken = [
            *(line for learner in learners for line in learner.broken),
            *broken_rounds({learner.person.name: learner.sent for learner in learners}),
            *half_works(),
            *broken_storage(),
            *complaints(campus.home / "server.log"),
        ]
    print(f"{options.people} people hand in within {seconds:.1f} s, {len(refused)} of them after reading once more")
    tell_times([sample for learner in learners for sample in learner.person.samples])
    return tell_result(broken)


def _calmly(what: Callable[[_Learner], None], learners: Sequence[_Learner]) -> None:
    with ThreadPoolExecutor(_CALM) as pool:
        list(pool.map(what, learners))


def _at_once(learners: Sequence[_Learner]) -> float:
    """Let everybody do everything in one moment; return how long the server needed for it, in seconds."""
    deeds = [learner.click for learner in learners for _click in range(2)]
    deeds += [learner.do_beside for learner in learners if learner.beside]
    barrier = threading.Barrier(len(deeds) + 1)

    def start(deed: Callable[[], None]) -> None:
        barrier.wait()
        deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        under_way = [pool.submit(start, deed) for deed in deeds]
        barrier.wait()
        started = time.monotonic()
        for one in under_way:
            one.result()
    return time.monotonic() - started

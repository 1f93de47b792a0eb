"""The server is killed in the middle of work: ``python -m tests.load crash [--times 20]``.

Learners write, upload in pieces and hand in, one account after the other, and try again as the browser does when nobody
answers. Meanwhile the campus is killed again and again, in turn while a piece, the end of an upload and a hand-in are
on their way, and started again. With every kill the sessions of half of them end: they sign in, get a new form token,
and send the same step once more. Whenever it is up, before anybody goes on, works and storage are looked at; at the end
everybody's round must be what was sent, once.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from subprocess import Popen

from tests.campus_process import free_port, kill_campus, start_campus
from tests.load.campus import Prepared, add_database_options, prepared, sessions, task_paths
from tests.load.promises import broken_rounds, broken_storage, complaints, half_works, unexpected
from tests.load.report import tell_result
from tests.load.retrying import RetryingPerson, Server

#: 401 tells that the session has ended, 409 where an upload goes on, or that the page is older than what an unanswered
#: request has done.
_EXPECTED = {200, 201, 401, 409}
#: So many learners work at the same time, one account after the other.
_SEATS = 6
_ACCOUNTS_A_KILL = 30
#: When the server is killed, in seconds after such a request was sent: from at once to about its end.
_MOMENTS = {"chunk": (0.0, 0.05), "finish": (0.0, 0.15), "hand-in": (0.0, 0.15)}
_PAUSES = (0.2, 1.5)
_SECONDS_TO_COME = 30.0


@dataclass
class _Crashes:
    """One run: the learners who have begun, what was cut off, and what was broken."""

    campus: Prepared
    chance: random.Random
    port: int = field(default_factory=free_port)
    server: Server = field(default_factory=Server)
    begun: list[RetryingPerson] = field(default_factory=list)
    cut: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Popen[bytes]:
        process, _address = start_campus(
            self.campus.home, demo=False, environment=self.campus.environment, port=self.port
        )
        return process

    def run(self, times: int) -> None:
        """Kill and start the campus so many times while people work, and let them finish."""
        address = f"http://127.0.0.1:{self.port}"
        people = []
        for name, cookie in zip(self.campus.names, sessions(self.campus.names), strict=True):
            chance = random.Random(f"{self.chance.random()}")
            person = RetryingPerson(
                name=name,
                address=address,
                random=chance,
                **task_paths(),
                server=self.server,
                sign_in_again=lambda name: sessions((name,))[0],
            )
            person.is_signed_in(cookie)
            people.append(person)
        process = self.start()
        try:
            with ThreadPoolExecutor(_SEATS) as pool:
                seats = [pool.submit(self._work, people[seat::_SEATS]) for seat in range(_SEATS)]
                try:
                    for number in range(times):
                        self.server.is_now(up=True)
                        self._kill(process, list(_MOMENTS)[number % len(_MOMENTS)])
                        process = self.start()
                        self._look("started again")
                finally:
                    self.is_over.set()
                    self.server.is_now(up=True)
                for seat in seats:
                    seat.result()
            self._look("the end")
        finally:
            kill_campus(process)

    def _work(self, people: Sequence[RetryingPerson]) -> None:
        for person in people:
            if self.is_over.is_set():
                return
            self.begun.append(person)
            person.do_the_task()

    def _kill(self, process: Popen[bytes], phase: str) -> None:
        time.sleep(self.chance.uniform(*_PAUSES))
        if not self.server.wait_for(phase, _SECONDS_TO_COME):
            raise RuntimeError(f"nobody sends a {phase} any more")
        time.sleep(self.chance.uniform(*_MOMENTS[phase]))
        self._end_sessions()
        self.cut += self.server.under_way
        kill_campus(process)
        self.server.is_now(up=False)
        self.server.wait_for_silence()
        # Before anything is repaired: files may be left over now, but no work may be half.
        self.broken += [f"killed during {phase}: {line}" for line in half_works()]

    def _end_sessions(self) -> None:
        """End half of the sessions; the campus forgets those that it holds in memory when it is killed."""
        from django.contrib.sessions.models import Session

        keys = [person.session.cookies.get("sessionid") for person in self.begun if not person.has_handed_in]
        Session.objects.filter(session_key__in=[key for key in keys if key and self.chance.random() < 0.5]).delete()

    def _look(self, when: str) -> None:
        told = {person.name: person.sent for person in self.begun if person.has_handed_in}
        self.broken += [f"{when}: {line}" for line in (*half_works(), *broken_storage(), *broken_rounds(told))]


def main(arguments: Sequence[str]) -> int:
    """Run the scenario and tell what happened; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load crash", description=__doc__)
    parser.add_argument("--times", type=int, default=20, choices=range(1, 101), metavar="1-100")
    parser.add_argument("--seed", type=int, default=1)
    add_database_options(parser)
    options = parser.parse_args(arguments)
    with prepared(options.times * _ACCOUNTS_A_KILL, options) as campus:
        crashes = _Crashes(campus, random.Random(options.seed))
        crashes.run(options.times)
        broken = [*crashes.broken, *complaints(campus.home / "server.log")]
    begun = crashes.begun
    broken += [line for person in begun for line in unexpected(person, _EXPECTED)]
    broken += [f"{person.name} never got through" for person in begun if not person.has_handed_in]
    print(f"killed {options.times} times; {len(begun)} people have handed in {2 * len(begun)} files")
    print(f"cut off: {', '.join(f'{count} {what}' for what, count in sorted(crashes.cut.items()))}")
    print(f"tried again: {sum(person.unanswered for person in begun)} times")
    print(f"signed in again: {sum(person.signed_out for person in begun)} times")
    return tell_result(broken)

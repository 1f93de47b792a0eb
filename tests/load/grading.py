"""Two teachers judge the same works: ``python -m tests.load grading [--works 500] [--withdrawals 100]``.

At the same moment both open a work, keep a draft and release it; of some the learner takes the round back just then.
Broken is: not exactly one result of a work that is there, anything that is left of one that was taken back, a work that
both have in hand, an error of the server, a locked database.
"""

from __future__ import annotations

import argparse
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

import requests

from tests.campus_process import running_campus
from tests.load.campus import Prepared, add_database_options, prepared, sessions
from tests.load.person import Sample
from tests.load.promises import complaints
from tests.load.report import tell_result, tell_times

#: Released or taken back (302, 200), somebody was faster or has opened it (409), it is gone (404).
_EXPECTED = {200, 302, 404, 409}
_DECISION = {"points.completeness": "2", "points.finding": "3", "feedback": "Well done.", "decision": "passed"}
_TEACHERS = ("judge-a", "judge-b")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class _Hand:
    """Somebody signed in, with what the server has answered."""

    name: str
    address: str
    session: requests.Session = field(default_factory=requests.Session)
    samples: list[Sample] = field(default_factory=list)
    token: str = ""

    def get(self, path: str) -> None:
        answer = self._sent("read", lambda: self.session.get(self.address + path, timeout=60))
        self.token = (_TOKEN.search(answer.text) or ["", self.token])[1]

    def post(self, what: str, path: str, data: dict[str, str]) -> None:
        headers = {"Referer": self.address + path, "X-CSRFToken": self.token}
        self._sent(
            what,
            lambda: self.session.post(
                self.address + path, data=data, headers=headers, timeout=60, allow_redirects=False
            ),
        )

    def _sent(self, what: str, send: Callable[[], requests.Response]) -> requests.Response:
        started = time.monotonic()
        answer = send()
        self.samples.append(Sample(what, answer.status_code, time.monotonic() - started))
        return answer


@dataclass(frozen=True)
class _Work:
    """A round that waits, with its addresses."""

    round_id: UUID
    page: str
    draft: str
    withdraw: str
    owner: str


def main(arguments: Sequence[str]) -> int:
    """Run the scenario and print a table; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load grading", description=__doc__)
    parser.add_argument("--works", type=int, default=500, choices=range(1, 1001), metavar="1-1000")
    parser.add_argument("--withdrawals", type=int, default=100, choices=range(1001), metavar="0-1000")
    add_database_options(parser)
    options = parser.parse_args(arguments)
    with prepared(options.works + options.withdrawals, options) as campus:
        works = _begin(campus)
        cookies = sessions((*_TEACHERS, *campus.names))
        with running_campus(campus.home, demo=False, environment=campus.environment) as address:
            hands = {}
            for name, cookie in zip((*_TEACHERS, *campus.names), cookies, strict=True):
                hands[name] = _Hand(name=name, address=address)
                hands[name].session.cookies.set("sessionid", cookie)
            for name in _TEACHERS:
                hands[name].get(works[0].page.rsplit("rounds/", 1)[0])
            with ThreadPoolExecutor(3) as pool:
                for number, work in enumerate(works):
                    _at_once(pool, hands, work, with_owner=number >= options.works)
        broken = [*_unexpected(hands), *_broken(works), *complaints(campus.home / "server.log")]
    tell_times([sample for hand in hands.values() for sample in hand.samples])
    return tell_result(broken)


def _at_once(pool: ThreadPoolExecutor, hands: dict[str, _Hand], work: _Work, *, with_owner: bool) -> None:
    """Let both teachers, and the learner where wanted, do it in the same moment."""
    ready = threading.Barrier(3 if with_owner else 2)

    def judge(name: str) -> None:
        ready.wait()
        # The first of the queue is shown beside it, and can be judged without being opened.
        if name == _TEACHERS[0] or not with_owner:
            hands[name].get(work.page)
        hands[name].post("draft", work.draft, {"points.finding": "3"})
        hands[name].post("release", work.page, {**_DECISION, "base_revision": "1"})

    def take_back() -> None:
        owner = hands[work.owner]
        owner.token = hands[_TEACHERS[0]].token
        owner.session.cookies.set("csrftoken", hands[_TEACHERS[0]].session.cookies.get("csrftoken") or "")
        ready.wait()
        owner.post("withdraw", work.withdraw, {})

    waits = [pool.submit(judge, name) for name in _TEACHERS]
    if with_owner:
        waits.append(pool.submit(take_back))
    for each in waits:
        each.result()


def _begin(campus: Prepared) -> list[_Work]:
    """Let a round of each learner wait, and two teachers be there."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from iciinsmes.assignments import api as assignments
    from iciinsmes.platform import Role
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.api import enrol
    from tests.desk.conftest import make_task, waiting

    course = courses()[0]
    block = next(node for node in course.root.leaves() if node.block_type == "workplace_assignment").usage_key
    version = assignments.freeze_task(usage_key=block, course_key=course.key, task=make_task())
    for name in _TEACHERS:
        user = User.objects.create(username=name, password="!")
        enrol(user_id=user.pk, course_key=course.key, role=Role.TEACHER)
    users = User.objects.in_bulk(campus.names, field_name="username")
    found = []
    for name in campus.names:
        round_id = waiting(users[name], version)
        found.append(
            _Work(
                round_id=round_id,
                page=reverse("iciinsmes:desk-round", args=[course.key, round_id]),
                draft=reverse("iciinsmes:desk-draft", args=[course.key, round_id]),
                withdraw=reverse("iciinsmes:work-withdraw", args=[block, round_id]),
                owner=name,
            )
        )
    return found


def _unexpected(hands: dict[str, _Hand]) -> list[str]:
    return [
        f"{hand.name}: {sample.what} was answered with {sample.status}"
        for hand in hands.values()
        for sample in hand.samples
        if sample.status not in _EXPECTED
    ]


def _broken(works: Sequence[_Work]) -> list[str]:
    """Compare results, states and queue with each other."""
    from iciinsmes.assignments.models import Round, Work
    from iciinsmes.review.models import Assessment
    from iciinsmes.waiting.models import WaitingItem
    from iciinsmes_campus.learning.models import Grade

    there = {row.id: row.work for row in Round.objects.select_related("work")}
    results = list(Assessment.objects.exclude(released_at=None).values_list("subject", flat=True))
    waits = set(WaitingItem.objects.values_list("subject", flat=True))
    broken = [f"a result of {subject}, which is gone" for subject in results if subject not in there]
    for work in works:
        row = there.get(work.round_id)
        count = results.count(work.round_id)
        if row is None:
            left = Assessment.objects.filter(subject=work.round_id).count()
            if count or left or work.round_id in waits:
                broken.append(f"{work.owner} took it back, and {count} results, {left} proposals are left")
        elif count != 1 or row.state != "passed" or work.round_id in waits:
            broken.append(f"{work.owner} has {count} results and is {row.state}")
    passed = Work.objects.filter(state="passed").count()
    if Grade.objects.count() != passed:
        broken.append(f"{Grade.objects.count()} grades of {passed} passed works")
    return broken

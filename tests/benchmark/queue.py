"""The desk with 100, 10,000 and 100,000 works that wait: ``python -m tests.benchmark.queue [--works 100 100000]``.

One line a page and size: median and 95th percentile of the time inside the server, and statements; ``--mysql`` does it
on the server that the tests use. It is checked before that the works really wait and that each filter finds what it
should, and afterwards that no page takes more than its statements, and that one of the largest queue takes 40 ms at
most or, on a busy machine, half as much again as one of the smallest.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from tests.benchmark.campus import campus_of_its_own
from tests.benchmark.timing import timed
from tests.database import throw_away_database

#: A page may ask the database so often.
_STATEMENTS = 15
#: What a page may take: a rare filter finds more in a larger queue, so that its page is longer too.
_MILLISECONDS = 40
#: They look through everybody who is enrolled, in the host's own tables, which have no index for it.
_OF_THE_HOST = ("all learners", "a learner by name")
#: More than the noise of a busy machine, and far less than a cost that grows with the queue.
_AS_MUCH = 1.5


def main(arguments: Sequence[str]) -> None:
    """Set up a campus in a throw-away folder and measure at each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.queue", description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--works", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--mysql", action="store_true", help="on the server of TEST_MYSQL_URL")
    options = parser.parse_args(arguments)
    database = throw_away_database() if options.mysql else nullcontext("")
    with database as url, campus_of_its_own("queue", database=url):
        print(f"{'request':<44}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}")
        medians: dict[str, list[float]] = {}
        for works in sorted(options.works):
            for name, send in _requests(works).items():
                medians.setdefault(name, []).append(_measure(f"{name}, {works} wait", send, options.runs))
    dear = {name: times for name, times in medians.items() if times[-1] > max(times[0] * _AS_MUCH, _MILLISECONDS)}
    if dear:
        raise SystemExit(f"these cost more in the larger queue: {dear}")


def _requests(works: int) -> Mapping[str, Callable[[], Any]]:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from iciinsmes.assignments import api as assignments
    from iciinsmes.assignments.models import Assignment
    from iciinsmes.waiting import api as waiting
    from iciinsmes.waiting.models import WaitingItem
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.models import Membership
    from tests.benchmark.people import fill_queue
    from tests.desk.conftest import make_task

    course = courses()[0]
    block = next(node for node in course.root.leaves() if node.block_type == "workplace_assignment").usage_key
    if not Assignment.objects.exists():
        assignments.freeze_task(usage_key=block, course_key=course.key, task=make_task())
    fill_queue(block, works - WaitingItem.objects.count(), prefix=f"of-{works}")
    if WaitingItem.objects.filter(course_key=course.key, waiting_for="staff").count() != works:
        raise SystemExit("the works that should wait do not")
    teacher, _new = User.objects.get_or_create(username="teacher")
    Membership.objects.get_or_create(user=teacher, course_key=course.key, defaults={"role": "teacher"})
    browser = Client(headers={"host": "localhost"})
    browser.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    queue, everywhere = reverse("iciinsmes:desk-queue", args=[course.key]), reverse("iciinsmes:desk-all")
    middle = waiting.queue(course_key=course.key, limit=works // 2).next_after
    if middle is None:
        raise SystemExit("the queue has no middle")
    coach = User.objects.get(username="coach")
    pages = {
        "the first page": (queue, {}),
        "the page in the middle": (queue, {"after": middle}),
        "the find panel": (queue, {"find": "1"}),
        "one assignment": (queue, {"assignment": str(block)}),
        "all courses": (everywhere, {}),
        "all courses, late": (everywhere, {"late": "1"}),
        **{
            f"by {' '.join(by)}{' (nobody)' if 'nobody' in by.values() else ''}": (queue, by)
            for by in (
                {"kind": "round"},
                {"state": "begun"},
                {"word": "confirmed"},
                {"language": "pl"},
                {"late": "1"},
                {"coach": str(coach.pk)},
                {"firm": f"of-{works} firm 00000"},
                {"q": f"of {works} 0"},
                {"allocated": "me"},
                {"allocated": "nobody"},
            )
        },
        "by rare language, late": (queue, {"language": "pl", "late": "1"}),
        "by two that nothing has": (queue, {"state": "begun", "late": "1"}),
        "by a gate, of which none waits": (queue, {"assignment": "gate-3"}),
        "overdue": (queue, {"overdue": "1"}),
    }
    for name, (address, values) in pages.items():
        _make_sure(name, browser.get(address, values).content.decode())
    requests = {name: partial(browser.get, address, values) for name, (address, values) in pages.items()}
    return requests | {
        "the courses": partial(browser.get, reverse("iciinsmes:desk")),
        "all learners": partial(browser.get, reverse("iciinsmes:desk-people", args=[course.key])),
        "a learner by name": partial(
            browser.get, reverse("iciinsmes:desk-people", args=[course.key]), {"q": f"of-{works}-7"}
        ),
        "the course's own page": partial(browser.get, reverse("campus:course", args=[course.key])),
    }


def _make_sure(name: str, page: str) -> None:
    """End the benchmark if a page has no work where it should, or one where it should not."""
    rows = page.count('class="title"')
    if (rows == 0) != ("nothing" in name or "none" in name or (name == "overdue" and "Nothing waits by" in page)):
        raise SystemExit(f"{name}: {rows} works on the page")


def _measure(name: str, send: Callable[[], Any], runs: int) -> float:
    cost = timed(name, send, runs)
    if cost.statements > _STATEMENTS:
        raise SystemExit(f"{name}: {cost.statements} statements")
    print(f"{name:<44}{cost.median:>10.1f}{cost.p95:>9.1f}{cost.statements:>6}")
    return cost.median


if __name__ == "__main__":
    main(sys.argv[1:])

"""The desk with 1,000 and 100,000 works that wait: ``python -m tests.benchmark.queue [--works 1000 100000]``.

One line a page and size: median and 95th percentile of the time inside the server, and statements. It is checked before
that the works really wait, and afterwards that a page of the largest queue costs at most half as much again as one of
the smallest; the rest is looked at.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

from tests.benchmark.timing import timed

#: More than the noise of a busy machine, and far less than a cost that grows with the queue.
_AS_MUCH = 1.5


def main(arguments: Sequence[str]) -> None:
    """Set up a campus in a throw-away folder and measure at each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.queue", description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--works", type=int, nargs="+", default=[1000, 100_000])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="queue-benchmark-") as home:
        os.environ |= {"CAMPUS_HOME": home, "DJANGO_SETTINGS_MODULE": "iciinsmes_campus.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"{'request':<34}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}")
        medians: dict[str, list[float]] = {}
        for works in sorted(options.works):
            for name, send in _requests(works).items():
                medians.setdefault(name, []).append(_measure(f"{name}, {works} wait", send, options.runs))
    dear = {name: times for name, times in medians.items() if times[-1] > times[0] * _AS_MUCH}
    if dear:
        raise SystemExit(f"these cost more in the larger queue: {dear}")


def _requests(works: int) -> dict[str, Callable[[], Any]]:
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
    queue = reverse("iciinsmes:desk-queue", args=[course.key])
    middle = waiting.queue(course_key=course.key, limit=works // 2).next_after
    if middle is None:
        raise SystemExit("the queue has no middle")
    return {
        "all courses": lambda: browser.get(reverse("iciinsmes:desk")),
        "the first page": lambda: browser.get(queue),
        "the page in the middle": lambda: browser.get(queue, {"after": middle}),
        "one assignment": lambda: browser.get(queue, {"assignment": str(block)}),
        "the course's own page": lambda: browser.get(reverse("campus:course", args=[course.key])),
    }


def _measure(name: str, send: Callable[[], Any], runs: int) -> float:
    cost = timed(name, send, runs)
    print(f"{name:<34}{cost.median:>10.1f}{cost.p95:>9.1f}{cost.statements:>6}")
    return cost.median


if __name__ == "__main__":
    main(sys.argv[1:])

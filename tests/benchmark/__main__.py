"""Server time of the pages people wait for, on the demo: ``python -m tests.benchmark [--runs 50]``.

Prints one line a request: median and 95th percentile of the time from request to response inside the server, and the
number of SQL statements. Nothing here passes or fails; speed is looked at, not tested.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any


def main(arguments: Sequence[str]) -> None:
    """Set up a demo campus in a throw-away folder and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="campus-benchmark-") as home:
        os.environ |= {"CAMPUS_HOME": home, "CAMPUS_DEMO": "1", "DJANGO_SETTINGS_MODULE": "iciinsmes_campus.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        from iciinsmes_campus.demo.api import load

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load()
        print(f"{'request':<28}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}{'kB':>8}")
        for name, send in _requests():
            _measure(name, send, options.runs)


def _requests() -> list[tuple[str, Callable[[], Any]]]:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from iciinsmes.assignments import api
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.models import Membership

    course = courses()[0]
    leaves = list(course.root.leaves())
    assignment = next(node for node in leaves if node.block_type == "workplace_assignment")
    reading = next(node for node in leaves if node.block_type == "html")
    quiz = next(node for node in leaves if node.block_type == "problem")

    def client(user: User) -> Client:
        browser = Client(headers={"host": "localhost"})
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    teacher = User.objects.get(pk=Membership.objects.filter(role="teacher").values_list("user", flat=True)[:1])
    fresh = User.objects.create_user("benchmark", "benchmark@example.org")
    Membership.objects.create(user=fresh, course_key=course.key)
    learner, staff = client(fresh), client(teacher)

    def unit(node: Any) -> str:
        return str(learner.get(reverse("campus:block", args=[course.key, node.usage_key])).headers["Location"])

    page, draft = unit(assignment), reverse("iciinsmes:work-draft", args=[assignment.usage_key])
    learner.get(page)
    question = api.current_task(usage_key=assignment.usage_key).task.questions[0].key
    saved = {"revision": 0}

    def save() -> Any:
        words = {"revision": saved["revision"], "hours": "4", f"answer-{question}": f"word {saved['revision']}"}
        answer = learner.post(draft, words)
        saved["revision"] = answer.json()["revision"]
        return answer

    first = api.queue(course_key=course.key).items[0]
    return [
        ("course outline", lambda: learner.get(reverse("campus:course", args=[course.key]))),
        ("unit page, assignment", lambda: learner.get(page)),
        ("unit page, reading", partial(learner.get, unit(reading))),
        ("unit page, quiz", partial(learner.get, unit(quiz))),
        ("draft save", save),
        ("progress", lambda: learner.get(reverse("campus:progress", args=[course.key]))),
        ("desk queue", lambda: staff.get(reverse("iciinsmes:desk-queue", args=[course.key]))),
        ("grading page", lambda: staff.get(reverse("iciinsmes:desk-round", args=[course.key, first.round_id]))),
        ("gradebook", lambda: staff.get(reverse("campus:gradebook", args=[course.key]))),
    ]


def _measure(name: str, send: Callable[[], Any], runs: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _warm_up in range(5):
        send()
    for _run in range(runs):
        started = time.perf_counter()
        answer = send()
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        answer = send()
    p95 = statistics.quantiles(times, n=20)[-1]
    size = len(answer.content) / 1000
    print(f"{name:<28}{statistics.median(times):>10.1f}{p95:>9.1f}{len(queries):>6}{size:>8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])

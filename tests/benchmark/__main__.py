"""Server time of the pages people wait for, on the demo: ``python -m tests.benchmark [--runs 50]``.

Prints one line a request: median and 95th percentile of the time from request to response inside the server, and the
number of SQL statements. No time passes or fails: speed is looked at, not tested. What is measured is made sure of
before: a queue without its works, or a work without its rounds, ends the benchmark.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.benchmark.campus import campus_of_its_own
from tests.benchmark.timing import WARM_UP, timed

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client
    from opaque_keys.edx.keys import UsageKey

#: As many works wait in a large course.
_MANY = 10_000


def main(arguments: Sequence[str]) -> None:
    """Set up a demo campus in a throw-away folder and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    options = parser.parse_args(arguments)
    with campus_of_its_own("campus", demo=True):
        from iciinsmes_campus.demo.api import load

        load()
        print(f"{'request':<32}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}{'kB':>8}")
        for name, send in _requests(options.runs):
            _measure(name, send, options.runs)


def _requests(runs: int) -> Iterator[tuple[str, Callable[[], Any]]]:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from iciinsmes.assignments import api
    from iciinsmes.waiting import api as waiting
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning.models import Membership
    from tests import long_work
    from tests.benchmark.figures import five_years
    from tests.benchmark.people import fill_queue, learners

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

    first = waiting.queue(course_key=course.key).items[0]
    queue = reverse("iciinsmes:desk-queue", args=[course.key])
    yield "course outline", lambda: learner.get(reverse("campus:course", args=[course.key]))
    yield "whole course on one page", lambda: learner.get(reverse("campus:whole", args=[course.key]))
    yield "unit page, assignment", lambda: learner.get(page)
    yield "unit page, reading", partial(learner.get, unit(reading))
    yield "unit page, quiz", partial(learner.get, unit(quiz))
    yield "draft save", save
    yield "progress", lambda: learner.get(reverse("campus:progress", args=[course.key]))
    yield "desk queue", lambda: staff.get(queue)
    yield "grading page", lambda: staff.get(reverse("iciinsmes:desk-round", args=[course.key, first.subject.id]))
    yield "gradebook", lambda: staff.get(reverse("campus:gradebook", args=[course.key]))

    hand_ins = iter(list(_hand_ins(assignment.usage_key, client, runs + WARM_UP + 1)))
    yield "hand-in", lambda: next(hand_ins)()

    long_work.allow_ten_files(assignment.usage_key)
    (old_hand,) = learners(course.key, "old-hand", 1)
    reader = client(old_hand)
    reader.get(page)
    long_work.rounds(old_hand.id, teacher.id, assignment.usage_key, ("revise", "revise", "revise"))
    handed_in = api.work_of(user_id=old_hand.id, usage_key=assignment.usage_key).rounds
    if [len(found.files) for found in handed_in] != [long_work.FILES] * 3:
        raise RuntimeError("the long work has not its three rounds with ten files each")
    yield "unit page, 3 rounds, 10 files", lambda: reader.get(page)

    (owner,) = learners(course.key, "five-years", 1)
    firm = five_years(owner.id, course.key)
    yield (
        "early warning, 5 years",
        partial(client(owner).get, reverse("iciinsmes:early-warning-firm", args=[course.key, firm])),
    )

    fill_queue(assignment.usage_key, _MANY)
    middle = waiting.queue(course_key=course.key, limit=_MANY // 2).next_after
    if middle is None:
        raise RuntimeError("the works that should wait do not")
    yield f"desk queue, {_MANY} works", lambda: staff.get(queue)
    yield "  the page in the middle", lambda: staff.get(queue, {"after": middle})
    yield "  gradebook beside it", lambda: staff.get(reverse("campus:gradebook", args=[course.key]))


def _hand_ins(block: UsageKey, client: Callable[[User], Client], count: int) -> Iterator[Callable[[], Any]]:
    """Return so many requests that hand in, each of another learner who is signed in and ready."""
    from django.urls import reverse

    from iciinsmes.assignments import api
    from tests.benchmark.people import ready_to_hand_in

    url = reverse("iciinsmes:work-hand-in", args=[block])
    for user in ready_to_hand_in(block, count):
        work = api.work_of(user_id=user.id, usage_key=block)
        words = {f"answer-{key}": text for key, text in work.draft.answers.items()}
        yield partial(client(user).post, url, {"revision": work.draft.revision, "version": work.version.id, **words})


def _measure(name: str, send: Callable[[], Any], runs: int) -> None:
    cost = timed(name, send, runs)
    print(f"{name:<32}{cost.median:>10.1f}{cost.p95:>9.1f}{cost.statements:>6}{cost.size / 1000:>8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])

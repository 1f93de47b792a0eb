"""What the add-on costs on the platform in statements, beyond what the page costs without it.

``COSTS=1`` prints the figures and milliseconds of the processor, with those of other graded blocks where they are
installed; ``COSTS=30`` takes median, lower quarter and best of thirty. Milliseconds are no promise: they are printed
and not compared.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import entry_points
from itertools import zip_longest
from pathlib import Path
from statistics import quantiles
from typing import Any

from common.djangoapps.student.tests.factories import CourseEnrollmentFactory, UserFactory
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from lms.djangoapps.grades.api import CourseGradeFactory
from xmodule.modulestore.tests.factories import BlockFactory

from iciinsmes.assignments import api as assignments

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"


#: How often what is measured is done, or 0: only statements are counted.
TIMES = int(os.environ.get("COSTS", "0"))

#: Blocks of ours with what an author has to choose, and of others with which they are compared.
OWN: dict[str, dict[str, Any]] = {
    "workplace_assignment": {"weight": 10.0},
    "digital_tool": {"weight": 10.0, "instrument": "net-promoter-score"},
}
OTHERS = ("problem", "openassessment", "edx_sga")


def installed() -> set[str]:
    """Return the names of the blocks that this platform knows."""
    return {entry.name for entry in entry_points(group="xblock.v1")}


def report(what: str, count: int, seconds: Sequence[float] = (), without: Sequence[float] = ()) -> None:
    """Print statements and milliseconds beyond what ``without`` took: median and lower quarter of turns, and the best.

    The best is the fastest look of all beyond the fastest without; a busy machine disturbs it least.
    """
    if not TIMES:
        return
    # A busy machine slows down both looks of a turn, so that their difference says more than that of two medians.
    spent = [1000 * (each - less) for each, less in zip_longest(seconds, without, fillvalue=0.0)]
    middle = quantiles(spent, n=4)[1::-1] if len(spent) > 1 else spent
    best = [1000 * (min(seconds) - min(without, default=0.0))] if seconds else []
    print(f"{what:45} {count:6} {' '.join(f'{ms:6.1f} ms' for ms in (*middle, *best))}")


class StatementsTest(CourseTestCase):
    """Second visits: what a process learns once, such as tables and templates, is known."""

    def setUp(self) -> None:
        """Put due dates where authors put them: on the subsection."""
        super().setUp()
        self.subsection.due = datetime(2100, 1, 1, tzinfo=UTC)
        self.store.update_item(self.subsection, self.teacher.id)

        self.key = self.assignment.location
        self.spent: list[float] = []

    def begin_anew(self) -> None:
        """Let a request know nothing of the one before it.

        Who has chosen a language, or was given one by the site, costs the platform three statements more in each
        request: it keeps what the cookie says.
        """
        RequestCache.clear_all_namespaces()
        self.client.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)

    def another_learner(self) -> Any:
        other = UserFactory.create()
        CourseEnrollmentFactory.create(user=other, course_id=self.course.id)
        return other

    def others(self) -> list[Any]:
        """Return learners who do the same before, so that tables and templates are known."""
        return [self.another_learner() for _ in range(max(TIMES, 1))]

    def sign_in(self, user: Any) -> None:
        self.client.login(username=user.username, password=self.TEST_PASSWORD)

    def count(self, act: Callable[[], Any]) -> list[str]:
        self.begin_anew()
        with CaptureQueriesContext(connection) as queries:
            act()
        # The test's own transaction makes savepoints of the request's.
        found = [query["sql"] for query in queries.captured_queries]
        return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE"))]

    def spend(self, act: Callable[[], Any]) -> list[str]:
        """Do what is measured, and note the processor's seconds; counting would cost some itself."""
        self.begin_anew()
        begin = time.thread_time()
        act()
        self.spent.append(time.thread_time() - begin)
        return []

    def again(self, *acts: Callable[[], Any]) -> list[list[float]]:
        """Return the processor's seconds of what can be repeated; in turns, so that all are disturbed alike."""
        found: list[list[float]] = [[] for _ in acts]
        for _ in range(TIMES):
            for act, self.spent in zip(acts, found, strict=True):
                self.spend(act)
        return found

    def page(self, block: Any) -> list[str]:
        """Return the statements of a learner's second look at a unit with this block alone."""
        self.look(block)
        return self.count(lambda: self.look(block))

    def look(self, block: Any) -> None:
        answer = self.client.get(reverse("render_xblock", args=[str(block.location)]))
        assert answer.status_code == 200, answer.content

    def unit_with(self, category: str, **fields: Any) -> Any:
        """Return a new unit with this block alone; with nothing for ``vertical``."""
        unit = BlockFactory.create(parent=self.subsection, category="vertical")
        if category != "vertical":
            BlockFactory.create(parent=unit, category=category, **fields)
        return unit

    def test_units_with_one_block_each(self) -> None:
        """Own blocks, and others where they are installed; all are looked at in turns, so that milliseconds compare."""
        blocks = {"vertical": {}, **OWN, **{name: {} for name in OTHERS if name == "problem" or name in installed()}}
        units = [self.unit_with(name, **fields) for name, fields in blocks.items()]
        self.sign_in(self.learner)
        found = {name: self.page(unit) for name, unit in zip(blocks, units, strict=True)}
        more = {name: _more(statements, found["vertical"]) for name, statements in found.items()}
        without, *spent = self.again(*(partial(self.look, unit) for unit in units))
        for name, seconds in zip(list(blocks)[1:], spent, strict=True):
            report(name, len(more[name]), seconds, without)
        assert len(more["workplace_assignment"]) <= 5, _said(more["workplace_assignment"])
        assert len(more["digital_tool"]) <= 4, _said(more["digital_tool"])

    def test_own_styles_and_scripts_of_a_unit_with_both_blocks(self) -> None:
        """Bytes as they lie in the package, uncompressed; htmx, which others wrote, is not among them."""
        self.sign_in(self.learner)
        page = self.client.get(reverse("render_xblock", args=[str(self.unit.location)])).content.decode()
        names = set(re.findall(r"[\"'/](iciinsmes/[\w/.-]+\.(?:css|js))", page))
        sizes = {name: Path(find(name)).stat().st_size for name in sorted(names)}
        report("own CSS and JS in bytes", sum(sizes.values()))
        assert {"iciinsmes/work.js", "iciinsmes/exercises.js", "iciinsmes/iciinsmes.css"} <= names
        assert sum(sizes.values()) <= 100_000, sizes

    def test_a_draft(self) -> None:
        self.sign_in(self.learner)
        self.page(self.assignment)
        address = reverse("iciinsmes:work-draft", args=[str(self.assignment.location)])
        question = self.assignment.authored_task().questions[0].key

        def save(revision: int) -> None:
            answer = self.client.post(address, {"revision": revision, f"answer-{question}": f"Words {revision}."})
            assert answer.status_code == 200, answer.content

        save(0)
        found = self.count(lambda: save(1))
        revisions = itertools.count(2)
        report("draft", len(found), *self.again(lambda: save(next(revisions))))
        assert len(found) <= 15, _said(found)

    def test_a_hand_in(self) -> None:
        """As learners do it: the page keeps what is typed, then it is handed in."""
        task = self.assignment.authored_task()
        words = {f"answer-{question.key}": "We asked twenty customers." for question in task.questions}
        own_work = {"statement": "1", "own_work": "1"}
        found = []
        for learner in (*self.others(), self.learner):
            self.sign_in(learner)
            self.page(self.assignment)
            form = {"revision": 0, "version": assignments.current_task(usage_key=self.key).id, **words, **own_work}
            self.client.post(reverse("iciinsmes:work-draft", args=[str(self.key)]), form)
            address = reverse("iciinsmes:work-hand-in", args=[str(self.key)])
            measure = self.count if learner is self.learner else self.spend
            found = measure(partial(self.client.post, address, {**form, "revision": 1}))
            assert assignments.work_of(user_id=learner.id, usage_key=self.key).state == "handed_in"
        report("hand-in", len(found), self.spent)
        assert len(found) <= 32, _said(found)

    def desk(self, name: str, *arguments: Any, **form: str) -> Callable[[], None]:
        """Return a look at a page of the desk; with a form, what that does."""
        address = reverse(name, args=[str(self.course.id), *arguments])

        def act() -> None:
            answer = self.client.post(address, form) if form else self.client.get(address)
            assert answer.status_code in (200, 302), answer.content

        return act

    def empty_page(self) -> None:
        """Look at a page of the add-on with nothing on it."""
        self.client.get(reverse("iciinsmes:here-back"))

    def test_the_desk(self) -> None:
        hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        look = self.desk("iciinsmes:desk-queue")
        look()
        found = _more(self.count(look), self.count(self.empty_page))
        report("desk, beyond an empty page", len(found), *self.again(look, self.empty_page))
        assert len(found) <= 18, _said(found)

    def test_a_round_that_is_opened_for_the_first_time(self) -> None:
        before = [hand_in(self.assignment, other) for other in self.others()]
        row = hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        (without,) = self.again(self.empty_page)
        self.spent = []
        for other in before:
            self.spend(self.desk("iciinsmes:desk-round", other.id))
        found = _more(self.count(self.desk("iciinsmes:desk-round", row.id)), self.count(self.empty_page))
        report("round, beyond an empty page", len(found), self.spent, without)
        assert len(found) <= 25, _said(found)

    def test_a_release_with_the_platforms_regrade(self) -> None:
        rows = [hand_in(self.assignment, learner) for learner in (*self.others(), self.learner)]
        rubric = self.assignment.authored_task().rubric
        points = {f"points.{criterion.key}": str(criterion.levels[-1].points) for criterion in rubric.criteria}
        self.sign_in(self.teacher)
        found = []
        for row in rows:
            self.desk("iciinsmes:desk-round", row.id)()
            self.desk("iciinsmes:desk-draft", row.id, **points)()
            release = self.desk("iciinsmes:desk-round", row.id, base_revision="1", decision="passed", **points)
            found = (self.count if row is rows[-1] else self.spend)(release)
        grade = CourseGradeFactory().read(self.learner, course_key=self.course.id)
        assert grade.percent > 0
        report("release", len(found), self.spent)
        assert len(found) <= 85, _said(found)


def _more(found: list[str], without: list[str]) -> list[str]:
    """Return the statements of ``found`` that are not among those of the same page without what is measured."""
    left = [_shape(sql) for sql in without]
    more = []
    for sql in found:
        if _shape(sql) in left:
            left.remove(_shape(sql))
        else:
            more.append(sql)
    return more


def _said(found: list[str]) -> str:
    """Return statements without the columns that they read or write."""
    return "\n".join(re.sub(r"^(SELECT|INSERT|UPDATE).*?(FROM|INTO|SET) ", r"\1 ", sql)[:200] for sql in found)


def _shape(sql: str) -> str:
    """Return a statement without the names and numbers in it."""
    return json.dumps(sql.split(" WHERE ")[0][:400])

"""What the add-on costs on the platform in statements, beyond what the page costs without it.

``COSTS=1`` prints the figures, with those of other graded blocks where they are installed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from common.djangoapps.student.tests.factories import CourseEnrollmentFactory, UserFactory
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


def report(what: str, count: int) -> None:
    if os.environ.get("COSTS"):
        print(f"{what:45} {count:6}")


class StatementsTest(CourseTestCase):
    """Second visits: what a process learns once, such as tables and templates, is known."""

    def setUp(self) -> None:
        """Put due dates where authors put them: on the subsection."""
        super().setUp()
        self.subsection.due = datetime(2100, 1, 1, tzinfo=UTC)
        self.store.update_item(self.subsection, self.teacher.id)

        self.key = self.assignment.location

    def another_learner(self) -> Any:
        other = UserFactory.create()
        CourseEnrollmentFactory.create(user=other, course_id=self.course.id)
        return other

    def sign_in(self, user: Any) -> None:
        self.client.login(username=user.username, password=self.TEST_PASSWORD)

    def count(self, act: Callable[[], Any]) -> list[str]:
        RequestCache.clear_all_namespaces()
        with CaptureQueriesContext(connection) as queries:
            act()
        # The test's own transaction makes savepoints of the request's.
        found = [query["sql"] for query in queries.captured_queries]
        return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE"))]

    def page(self, block: Any) -> list[str]:
        """Return the statements of a learner's second look at a unit with this block alone."""
        address = reverse("render_xblock", args=[str(block.location)])

        def look() -> None:
            answer = self.client.get(address)
            assert answer.status_code == 200, answer.content

        look()
        return self.count(look)

    def beyond_the_page(self, category: str, **fields: Any) -> list[str]:
        """Return the statements of a unit with the block that the same unit without it does not have."""
        plain = BlockFactory.create(parent=self.subsection, category="vertical")
        unit = BlockFactory.create(parent=self.subsection, category="vertical")
        BlockFactory.create(parent=unit, category=category, **fields)
        self.sign_in(self.learner)
        without = self.page(plain)
        more = _more(self.page(unit), without)
        report(category, len(more))
        return more

    def test_a_task_without_work(self) -> None:
        found = self.beyond_the_page("workplace_assignment", weight=10.0)
        assert len(found) <= 5, _said(found)

    def test_an_exercise(self) -> None:
        found = self.beyond_the_page("digital_tool", weight=10.0, instrument="net-promoter-score")
        assert len(found) <= 4, _said(found)

    def test_own_styles_and_scripts_of_a_unit_with_both_blocks(self) -> None:
        """Bytes as they lie in the package, uncompressed; htmx, which others wrote, is not among them."""
        self.sign_in(self.learner)
        page = self.client.get(reverse("render_xblock", args=[str(self.unit.location)])).content.decode()
        names = set(re.findall(r"[\"'/](iciinsmes/[\w/.-]+\.(?:css|js))", page))
        sizes = {name: Path(find(name)).stat().st_size for name in sorted(names)}
        report("own CSS and JS in bytes", sum(sizes.values()))
        assert {"iciinsmes/work.js", "iciinsmes/exercises.js", "iciinsmes/iciinsmes.css"} <= names
        assert sum(sizes.values()) <= 100_000, sizes

    def test_others_beside_it(self) -> None:
        names = {entry.name for entry in entry_points(group="xblock.v1")}
        for category in ("problem", "openassessment", "edx_sga"):
            if category == "problem" or category in names:
                self.beyond_the_page(category)

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
        report("draft", len(found))
        assert len(found) <= 15, _said(found)

    def test_a_hand_in(self) -> None:
        """As learners do it: the page keeps what is typed, then it is handed in."""
        task = self.assignment.authored_task()
        words = {f"answer-{question.key}": "We asked twenty customers." for question in task.questions}
        own_work = {"statement": "1", "own_work": "1"}
        found = []
        for learner in (self.another_learner(), self.learner):
            self.sign_in(learner)
            self.page(self.assignment)
            form = {"revision": 0, "version": assignments.current_task(usage_key=self.key).id, **words, **own_work}
            self.work("iciinsmes:work-draft", **form)
            found = self.work("iciinsmes:work-hand-in", **{**form, "revision": 1})
            assert assignments.work_of(user_id=learner.id, usage_key=self.key).state == "handed_in"
        report("hand-in", len(found))
        assert len(found) <= 32, _said(found)

    def work(self, name: str, **form: Any) -> list[str]:
        """Return the statements of what a learner does with the own work."""
        return self.count(lambda: self.client.post(reverse(name, args=[str(self.key)]), form))

    def desk(self, name: str, *arguments: Any, **form: str) -> list[str]:
        """Return the statements of a page of the desk; with a form, of what that does."""
        address = reverse(name, args=[str(self.course.id), *arguments])

        def act() -> None:
            answer = self.client.post(address, form) if form else self.client.get(address)
            assert answer.status_code in (200, 302), answer.content

        return self.count(act)

    def beyond_an_empty_page(self, found: list[str]) -> list[str]:
        """Return those of the statements that a page of the add-on with nothing on it does not have."""
        return _more(found, self.count(lambda: self.client.get(reverse("iciinsmes:here-back"))))

    def test_the_desk(self) -> None:
        hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        self.desk("iciinsmes:desk-queue")
        found = self.beyond_an_empty_page(self.desk("iciinsmes:desk-queue"))
        report("desk, beyond an empty page", len(found))
        assert len(found) <= 18, _said(found)

    def test_a_round_that_is_opened_for_the_first_time(self) -> None:
        other, row = hand_in(self.assignment, self.another_learner()), hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        self.desk("iciinsmes:desk-round", other.id)
        found = self.beyond_an_empty_page(self.desk("iciinsmes:desk-round", row.id))
        report("round, beyond an empty page", len(found))
        assert len(found) <= 25, _said(found)

    def test_a_release_with_the_platforms_regrade(self) -> None:
        other, row = hand_in(self.assignment, self.another_learner()), hand_in(self.assignment, self.learner)
        rubric = self.assignment.authored_task().rubric
        points = {f"points.{criterion.key}": str(criterion.levels[-1].points) for criterion in rubric.criteria}
        self.sign_in(self.teacher)
        found = []
        for round_id in (other.id, row.id):
            self.desk("iciinsmes:desk-round", round_id)
            self.desk("iciinsmes:desk-draft", round_id, **points)
            found = self.desk("iciinsmes:desk-round", round_id, base_revision="1", decision="passed", **points)
        grade = CourseGradeFactory().read(self.learner, course_key=self.course.id)
        assert grade.percent > 0
        report("release", len(found))
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

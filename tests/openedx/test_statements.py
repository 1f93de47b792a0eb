"""What the add-on costs on the platform in statements, beyond what the page costs without it.

``COSTS=1`` prints the figures, with those of other graded blocks where they are installed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import entry_points
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from xmodule.modulestore.tests.factories import BlockFactory

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"


def report(what: str, count: int) -> None:
    if os.environ.get("COSTS"):
        print(f"{what:45} {count:4} SQL")


class StatementsTest(CourseTestCase):
    """Second visits: what a process learns once, such as tables and templates, is known."""

    def setUp(self) -> None:
        """Put due dates where authors put them: on the subsection."""
        super().setUp()
        self.subsection.due = datetime(2100, 1, 1, tzinfo=UTC)
        self.store.update_item(self.subsection, self.teacher.id)

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
        assert len(found) <= 5, "\n".join(found)

    def test_an_exercise(self) -> None:
        found = self.beyond_the_page("digital_tool", weight=10.0, instrument="net-promoter-score")
        assert len(found) <= 4, "\n".join(found)

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
        assert len(found) <= 15, "\n".join(found)

    def test_the_desk(self) -> None:
        row = hand_in(self.assignment, self.learner)
        self.sign_in(self.teacher)
        empty = self.count(lambda: self.client.get(reverse("iciinsmes:here-back")))
        for name, arguments, most in (
            ("iciinsmes:desk-queue", [str(self.course.id)], 18),
            ("iciinsmes:desk-round", [str(self.course.id), row.id], 25),
        ):
            address = reverse(name, args=arguments)
            assert self.client.get(address).status_code == 200
            found = self.count(lambda: self.client.get(address))  # noqa: B023
            report(name, len(found))
            found = _more(found, empty)
            report(f"{name} beyond an empty page", len(found))
            assert len(found) <= most, "\n".join(found)


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


def _shape(sql: str) -> str:
    """Return a statement without the names and numbers in it."""
    return json.dumps(sql.split(" WHERE ")[0][:400])

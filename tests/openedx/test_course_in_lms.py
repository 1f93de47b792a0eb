"""The course that comes with the product: learners work in it, and keep all when it comes in another language."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from common.djangoapps.student.tests.factories import CourseEnrollmentFactory, StaffFactory, UserFactory
from completion.test_utils import CompletionWaffleTestMixin
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from freezegun import freeze_time
from lms.djangoapps.courseware.access import has_access
from lms.djangoapps.courseware.models import StudentModule
from lms.djangoapps.grades.api import CourseGradeFactory
from lxml import etree
from xmodule.contentstore.django import contentstore
from xmodule.modulestore.django import modulestore
from xmodule.modulestore.tests.django_utils import ModuleStoreTestCase
from xmodule.modulestore.xml_importer import import_course_from_xml

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import WorkData
from iciinsmes.platform import host

from . import shipped

SERVICE = "lms"
KEY = shipped.KEY
TABLE = b"channel;count\ncounter;20\n"
#: Shares of the four types of graded subsections, with how many of each count.
SHARES = {
    "Quiz": (0.15, 5),
    "Law check": (0.05, 1),
    "Workplace assignment": (0.6, 5),
    "Digital tool exercise": (0.2, 5),
}
WORDS = "We asked twenty customers at the counter. " * 6

pytestmark = pytest.mark.skipif(not shipped.FOLDER, reason="COURSES names no folder with the course's archives")


class CourseTest(CompletionWaffleTestMixin, ModuleStoreTestCase):
    """The English course in its sixth week, with a learner."""

    ENABLED_SIGNALS = ["course_published"]

    def setUp(self) -> None:
        """Import the course as Studio's task does, and enrol somebody."""
        super().setUp()
        host.cache_clear()
        self.override_waffle_switch(True)
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.enterContext(freeze_time("2027-03-02", tick=True))
        self.import_course("en")
        self.learner = UserFactory.create()
        CourseEnrollmentFactory.create(user=self.learner, course_id=KEY)
        self.teacher = StaffFactory.create(course_key=KEY)
        assert self.client.login(username=self.learner.username, password=self.TEST_PASSWORD)

    def import_course(self, language: str) -> None:
        folder = shipped.unpacked(language, self.folder)
        with self.captureOnCommitCallbacks(execute=True):
            import_course_from_xml(
                modulestore(),
                self.user.id,
                str(folder.parent),
                [folder.name],
                load_error_blocks=False,
                static_content_store=contentstore(),
                target_id=KEY,
                create_if_not_present=True,
            )
        self.titles = shipped.titles(folder)
        RequestCache.clear_all_namespaces()

    def blocks(self, kind: str) -> list[Any]:
        RequestCache.clear_all_namespaces()
        found: list[Any] = modulestore().get_items(KEY, qualifiers={"category": kind})
        return found

    def page_of(self, key: Any, status: int = 200) -> str:
        answer = self.client.get(reverse("render_xblock", args=[str(key)]))
        assert answer.status_code == status, answer.content
        return str(answer.content.decode())

    def grade(self) -> Any:
        RequestCache.clear_all_namespaces()
        return CourseGradeFactory().read(self.learner, course_key=KEY)

    def answer(self, problem: Any) -> None:
        """Answer a problem rightly, as the browser does."""
        address = reverse(
            "xblock_handler",
            kwargs={
                "course_id": str(KEY),
                "usage_id": str(problem.location),
                "handler": "xmodule_handler",
                "suffix": "problem_check",
            },
        )
        answer = self.client.post(address, right_answers(problem))
        assert answer.status_code == 200, answer.content
        assert answer.json()["success"] == "correct", (problem.location, answer.json())

    def answer_quiz(self, name: str) -> None:
        """Answer all problems of a subsection rightly."""
        quiz = modulestore().get_item(KEY.make_usage_key("sequential", name))
        for unit in quiz.get_children():
            for problem in unit.get_children():
                if problem.category == "problem":
                    self.answer(problem)

    def save_draft(self, key: Any) -> dict[str, str]:
        """Write into every box of a task, as its page does; return what the form holds."""
        version = assignments.current_task(usage_key=key)
        form = {f"answer-{question.key}": WORDS for question in version.task.questions}
        form |= {"version": str(version.id), "statement": "1", "own_work": "1", "revision": "0"}
        answer = self.client.post(reverse("iciinsmes:work-draft", args=[str(key)]), form)
        assert answer.status_code == 200, answer.content
        return form

    def upload(self, key: Any) -> None:
        """Add a table to the work."""
        sent = {"name": "places.csv", "size": str(len(TABLE)), "sha256": sha256(TABLE).hexdigest(), "question": ""}
        begun = self.client.post(reverse("iciinsmes:work-upload-begin", args=[str(key)]), sent)
        assert begun.status_code == 201, begun.content
        urls = begun.json()["urls"]
        for address, content in ((f"{urls['chunk']}?offset=0", TABLE), (urls["finish"], b"")):
            answer = self.client.post(address, content, content_type="application/octet-stream")
            assert answer.status_code == 200, answer.content

    def hand_in(self, key: Any) -> None:
        """Write, add a file, and hand in."""
        form = self.save_draft(key)
        self.upload(key)
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(reverse("iciinsmes:work-hand-in", args=[str(key)]), {**form, "revision": "1"})
        assert answer.status_code == 200, answer.content
        assert self.work(key).state == "handed_in", answer.content.decode()

    def work(self, key: Any) -> WorkData:
        return assignments.work_of(user_id=self.learner.id, usage_key=key)

    def release(self, key: Any) -> None:
        """Let a teacher give the best levels."""
        rubric = assignments.current_task(usage_key=key).task.rubric
        points = {f"points.{criterion.key}": str(criterion.levels[-1].points) for criterion in rubric.criteria}
        desk = [str(KEY), self.work(key).rounds[-1].id]
        self.client.login(username=self.teacher.username, password=self.TEST_PASSWORD)
        self.client.get(reverse("iciinsmes:desk-round", args=desk))
        self.client.post(reverse("iciinsmes:desk-draft", args=desk), points)
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(
                reverse("iciinsmes:desk-round", args=desk), {"base_revision": "1", "decision": "passed", **points}
            )
        assert answer.status_code == 302, answer.content
        self.client.login(username=self.learner.username, password=self.TEST_PASSWORD)


def right_answers(problem: Any) -> dict[str, Any]:
    """Return what the browser sends for a problem that is answered rightly."""
    tree = etree.fromstring(problem.data.encode())
    sent: dict[str, Any] = {}
    kinds = [node for node in tree.iter() if isinstance(node.tag, str) and node.tag.endswith("response")]
    for number, node in enumerate(kinds, start=2):
        name = f"input_{problem.location.block_id}_{number}_1"
        if node.tag == "numericalresponse":
            sent[name] = node.get("answer")
        elif node.tag == "optionresponse":
            (inner,) = node.iter("optioninput")
            (sent[name],) = [each.text.strip() for each in inner if each.get("correct") == "True"]
        else:
            marks = [choice.get("correct").lower() for choice in node.iter("choice")]
            right = [f"choice_{place}" for place, mark in enumerate(marks) if mark == "true"]
            if node.tag == "choiceresponse":
                sent[f"{name}[]"] = right
            else:
                (sent[name],) = right
    return sent


class GradesTest(CourseTest):
    """What counts how much."""

    def test_each_type_counts_as_the_policy_says_and_the_worst_quiz_not_at_all(self) -> None:
        found = self.grade().summary["section_breakdown"]
        named = {share: [each for each in found if each["category"] == share] for share in SHARES}
        assert {share: len(each) - (len(each) > 1) for share, each in named.items()} == {
            "Quiz": 6,
            "Law check": 1,
            "Workplace assignment": 5,
            "Digital tool exercise": 5,
        }
        assert sum("mark" in each for each in found) == 1

    def test_a_quiz_and_a_work_count_by_their_share(self) -> None:
        self.answer_quiz("quiz-start")
        work = KEY.make_usage_key("workplace_assignment", "w01")
        self.page_of(work)
        self.hand_in(work)
        self.release(work)
        grade = self.grade()
        by_name = {each["category"]: each["percent"] for each in grade.summary["grade_breakdown"].values()}
        expected = dict.fromkeys(SHARES, 0.0)
        for share in ("Quiz", "Workplace assignment"):
            weight, count = SHARES[share]
            expected[share] = weight / count
        assert {name: round(value, 4) for name, value in by_name.items()} == {
            name: round(value, 4) for name, value in expected.items()
        }
        assert grade.percent == 0.15

    def test_what_is_for_trainers_is_hidden_from_learners(self) -> None:
        parts = [part for part in self.blocks("sequential") if part.visible_to_staff_only]
        assert len(parts) == 7
        for part in parts:
            assert not has_access(self.learner, "load", part, KEY)
            assert has_access(self.teacher, "load", part, KEY)
            for unit in part.get_children():
                assert not has_access(self.learner, "load", unit, KEY)


class LanguageTest(CourseTest):
    """German over English in one run, in the middle of the course."""

    def test_every_unit_is_shown_to_a_learner_in_the_other_language(self) -> None:
        keys = {each.location for each in modulestore().get_items(KEY)}
        self.import_course("de")
        assert {each.location for each in modulestore().get_items(KEY)} == keys
        hidden = [part for part in self.blocks("sequential") if part.visible_to_staff_only]
        for_trainers = {unit for part in hidden for unit in part.children}
        units = [unit for unit in self.blocks("vertical") if unit.location not in for_trainers]
        assert len(units) > 100
        for unit in units:
            with self.subTest(unit.location.block_id):
                page = self.page_of(unit.location)
                assert "There was a problem" not in page
                for block in unit.get_children():
                    if block.category not in ("html", "problem"):
                        assert block.display_name == self.titles[block.category, block.location.block_id]

    def test_a_learner_keeps_everything(self) -> None:
        work, other = (KEY.make_usage_key("workplace_assignment", name) for name in ("w01", "w02"))
        self.answer_quiz("quiz-start")
        for key in (work, other):
            self.page_of(key)
        self.hand_in(work)
        self.release(work)
        self.save_draft(other)
        before = self.work(work), self.work(other), self.grade().percent
        english = self.titles["workplace_assignment", "w02"]
        assert english in self.page_of(other)
        self.import_course("de")
        german = self.titles["workplace_assignment", "w02"]
        page = self.page_of(other)
        assert german != english
        assert (german in page, english in page, WORDS.strip() in page) == (True, False, True)
        assert self.grade().percent == before[2] == 0.15
        assert self.work(work).rounds == before[0].rounds
        assert self.work(other).draft == before[1].draft
        problem = KEY.make_usage_key("problem", "which-step-counts")
        state = StudentModule.objects.get(student=self.learner, module_state_key=problem)
        assert (state.grade, state.max_grade) == (1, 1)
        self.page_of(problem)
        # What was begun in English is handed in in German.
        form = {"version": str(assignments.current_task(usage_key=other).id), "statement": "1", "own_work": "1"}
        self.upload(other)
        answers = {f"answer-{key}": words for key, words in self.work(other).draft.answers.items()}
        answer = self.client.post(
            reverse("iciinsmes:work-hand-in", args=[str(other)]), {**form, **answers, "revision": "1"}
        )
        assert (answer.status_code, self.work(other).state) == (200, "handed_in"), answer.content.decode()

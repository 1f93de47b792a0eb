"""Blocks that are windows on a room of the add-on: shown, done on the room's own pages, cleared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.support import api as support
from iciinsmes.support.data import EntryValues, SupportArea

from .learning import LearningTestCase

SERVICE = "lms"


class WindowTestCase(LearningTestCase):
    """A learner of a firm looks at a block worth five points."""

    __test__ = False
    category: str
    fields: dict[str, Any] = {}

    def setUp(self) -> None:
        """Let the learner be somebody of a firm, and look."""
        super().setUp()
        self.firm = companies.create_company(name="Nordlicht", country="DE", region="Kiel", size_class="10-49")
        companies.join_company(company_id=self.firm.id, user_id=self.learner.id, course_key=self.course.id)
        self.block = self.add(self.category, weight=5.0, instructions="<p>Be honest.</p>", **self.fields)
        self.page = self.page_of(self.block)

    def post(self, address: str, **sent: Any) -> int:
        with self.captureOnCommitCallbacks(execute=True):
            return int(self.client.post(address, sent).status_code)

    def check_done(self, is_done: bool) -> None:
        """Fail unless the block is done with its points and completion, or not at all."""
        wanted = ((5, 5), 1) if is_done else ((0, 5), None)
        assert (self.score_of(self.block), self.done(self.block)) == wanted


class ReactionTest(WindowTestCase):
    """What a learner says after a cycle."""

    __test__ = True
    category = "reaction"

    def answer(self, **more: Any) -> int:
        said = {"useful": "5", "worth": "4", "next_step": "3", "text": "More of it.", **more}
        return self.post(reverse("iciinsmes:reaction-answer", args=[str(self.block.location)]), **said)

    def test_an_answer_is_kept_and_completes_it(self) -> None:
        assert "Be honest." in self.page
        self.check_done(is_done=False)
        assert self.answer() == 200
        self.check_done(is_done=True)
        assert self.answer(text="Less of it.") == 200
        self.check_done(is_done=True)
        assert "Less of it." in self.page_of(self.block)

    def test_half_an_answer_is_told_and_books_nothing(self) -> None:
        assert self.answer(worth="") == 422
        self.check_done(is_done=False)

    def test_staff_read_sums_and_no_answer_and_give_none(self) -> None:
        self.answer()
        self.sign_in(self.teacher)
        page = self.page_of(self.block)
        sums = reverse("iciinsmes:reactions", args=[str(self.course.id)])
        assert sums in page
        assert "More of it." not in page
        assert self.client.get(sums).status_code == 200
        assert self.answer() == 404

    def test_delete_learner_state_takes_answer_points_and_completion(self) -> None:
        self.answer()
        self.clear(self.block)
        self.check_done(is_done=False)
        self.sign_in(self.learner)
        assert "More of it." not in self.page_of(self.block)


class CasesTest(WindowTestCase):
    """Cases that an author chose."""

    __test__ = True
    category = "best_practice_cases"
    fields = {"cases": "dk1 pl2"}

    def read(self) -> int:
        address = reverse("iciinsmes:practice-read", args=[str(self.course.id)])
        return self.post(address, block=str(self.block.location))

    def test_a_case_that_was_read_completes_it(self) -> None:
        assert "Be honest." in self.page
        assert self.page.count("<h3") >= 2
        case = reverse("iciinsmes:practice-case", args=[str(self.course.id), "dk1"])
        assert case in self.page
        shown = self.client.get(case, {"block": str(self.block.location)})
        assert (shown.status_code, "I have read it" in shown.content.decode()) == (200, True)
        self.check_done(is_done=False)
        for _click in range(2):
            assert self.read() == 302
        self.check_done(is_done=True)

    def test_staff_read_the_same_and_complete_nothing(self) -> None:
        self.sign_in(self.teacher)
        assert reverse("iciinsmes:practice-case", args=[str(self.course.id), "dk1"]) in self.page_of(self.block)
        assert self.read() == 404

    def test_delete_learner_state_takes_points_and_completion(self) -> None:
        self.read()
        self.clear(self.block)
        self.check_done(is_done=False)


class SupportTest(WindowTestCase):
    """Who helps a firm."""

    __test__ = True
    category = "support_directory"
    fields = {"need": "talk"}

    def setUp(self) -> None:
        """Let the teacher keep the directory of the firm's country, with an offer in it."""
        super().setUp()
        support.give_area_on_site(who=self.teacher.username, area=SupportArea("DE"))
        RequestCache.clear_all_namespaces()
        values = EntryValues(
            country="DE", kind="chamber", name="Chamber of Kiel", benefit="Somebody comes to you.", status="open"
        )
        self.entry = support.make_entry(
            reader=support.reader_of(user_id=self.teacher.id, course_key=self.course.id),
            course_key=self.course.id,
            values=replace(values, url="https://example.org/"),
        )

    def contact(self) -> int:
        return self.post(reverse("iciinsmes:support-contacted", args=[str(self.course.id), str(self.entry.id)]))

    def test_a_contact_completes_it(self) -> None:
        page = self.page_of(self.block)
        offer = reverse("iciinsmes:support-entry", args=[str(self.course.id), str(self.entry.id)])
        assert "Be honest." in page
        assert "Chamber of Kiel" in page
        assert offer in page
        assert self.client.get(offer).status_code == 200
        self.check_done(is_done=False)
        assert self.contact() == 302
        self.check_done(is_done=True)

    def test_staff_read_what_it_is_about_and_find_the_directory(self) -> None:
        self.sign_in(self.teacher)
        assert "Chamber of Kiel" not in self.page_of(self.block)
        directory = self.client.get(reverse("iciinsmes:support-directory", args=[str(self.course.id)]))
        assert "Chamber of Kiel" in directory.content.decode()

    def test_delete_learner_state_takes_points_and_completion(self) -> None:
        self.contact()
        self.clear(self.block)
        self.check_done(is_done=False)

"""A self-check in a unit of the platform: shown, kept while it is filled in, done once it is sent, cleared."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from lxml import html

from iciinsmes.self_check import api

from .learning import LearningTestCase

SERVICE = "lms"
CODES = [str(item.code) for item in api.shipped_model().items]


class SelfCheckTest(LearningTestCase):
    """What the block `self_check` promises to a platform."""

    def setUp(self) -> None:
        """Put a block into the unit, and let the learner look at it."""
        super().setUp()
        self.block = self.add("self_check", weight=5.0, instructions="<p>Be honest.</p>")
        self.first_page = self.page_of(self.block)

    def send(self, name: str, **more: str) -> Any:
        """Send what the page sends: every statement answered, or only what is given."""
        address = reverse(f"iciinsmes:self-check-{name}", args=[self.block.location])
        return self.client.post(address, {"number": "1", **more})

    def all_answered(self) -> dict[str, str]:
        return {f"choice-{code}": "3" for code in CODES}

    def checked(self) -> dict[str, str]:
        """Return which choices the page shows as made, by name."""
        boxes: Any = html.fromstring(self.page_of(self.block)).xpath("//input[@type='radio'][@checked]")
        return {box.get("name"): box.get("value") for box in boxes}

    def test_it_is_shown_with_the_authors_words_and_its_own_files(self) -> None:
        assert "Be honest." in self.first_page
        assert "data-ici-self-check" in self.first_page
        assert "iciinsmes/self_check.js" in self.first_page
        assert self.first_page.count("<fieldset") >= len(CODES)

    def test_what_is_filled_in_is_kept_by_the_session_and_nothing_is_booked_yet(self) -> None:
        first, second = CODES[:2]
        assert self.send("draft", **{f"choice-{first}": "4", f"choice-{second}": "none"}).status_code == 200
        assert self.checked() == {f"choice-{first}": "4", f"choice-{second}": "none"}
        assert (self.score_of(self.block), self.done(self.block)) == ((0, 5), None)

    def test_too_little_is_told_and_books_nothing(self) -> None:
        answer = self.send("send", **{f"choice-{CODES[0]}": "4"})
        assert answer.status_code == 422, answer.content
        assert (self.score_of(self.block), self.done(self.block)) == ((0, 5), None)

    def test_it_is_done_with_points_and_completion_once_it_was_sent(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            assert self.send("send", **self.all_answered()).status_code == 200
            assert self.send("send", **self.all_answered()).status_code == 200
        assert (self.score_of(self.block), self.done(self.block)) == ((5, 5), 1)
        assert reverse("iciinsmes:self-check-result", args=[self.check_id()]) in self.page_of(self.block)

    def test_the_result_is_a_page_of_the_learners_own(self) -> None:
        self.send("send", **self.all_answered())
        page = reverse("iciinsmes:self-check-result", args=[self.check_id()])
        assert self.client.get(page).status_code == 200
        self.sign_in(self.teacher)
        assert self.client.get(page).status_code == 404

    def check_id(self) -> Any:
        return api.latest_id(owner_id=self.learner.id, course_key=self.course.id)

    def test_staff_read_what_is_asked_and_find_the_page_of_the_firms(self) -> None:
        self.sign_in(self.teacher)
        page = self.page_of(self.block)
        firms = reverse("iciinsmes:self-check-firms", args=[self.course.id])
        assert "data-ici-self-check" not in page
        assert firms in page
        assert self.client.get(firms).status_code == 200
        assert self.send("draft", **{f"choice-{CODES[0]}": "4"}).status_code == 404

    def test_delete_learner_state_takes_answers_points_and_completion(self) -> None:
        self.send("send", **self.all_answered())
        self.clear(self.block)
        assert (self.score_of(self.block), self.done(self.block)) == ((0, 5), None)
        self.sign_in(self.learner)
        assert self.checked() == {}

"""Early warning in a unit of the platform: the firm's figures shown, entered, done for all of the firm, cleared."""

from __future__ import annotations

from typing import Any

from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.tests.factories import UserFactory
from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.early_warning import api

from .learning import LearningTestCase

SERVICE = "lms"


class EarlyWarningTest(LearningTestCase):
    """What the block `early_warning` promises to a platform."""

    def setUp(self) -> None:
        """Put a firm of two into the course, and a learner of another firm."""
        super().setUp()
        self.colleague, self.peer = self.another_learner(), self.another_learner()
        self.firm = companies.create_company(name="Nordlicht", country="de", trade="Joinery")
        other = companies.create_company(name="Pod Dębem", country="pl")
        for user, firm in ((self.learner, self.firm), (self.colleague, self.firm), (self.peer, other)):
            companies.join_company(company_id=firm.id, user_id=user.id, course_key=self.course.id)
        self.block = self.add("early_warning", weight=5.0, indicators="E1 E4", instructions="<p>Count.</p>")

    def another_learner(self) -> Any:
        user = UserFactory.create()
        CourseEnrollment.enroll(user, self.course.id)
        return user

    def enter(self, **figures: str) -> Any:
        """Enter last month's figures as the form does."""
        address = reverse("iciinsmes:early-month", args=[self.course.id, self.firm.id])
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(address, {"month": api.running_month() - 1, **figures})

    def test_it_is_shown_with_the_indicators_that_the_author_chose(self) -> None:
        page = self.page_of(self.block)
        assert "Count." in page
        assert "Complaints per 100 orders" in page
        assert "Deliveries on time" in page
        assert reverse("iciinsmes:early-month", args=[self.course.id, self.firm.id]) in page

    def test_figures_are_kept_and_shown_to_the_colleague_too(self) -> None:
        self.page_of(self.block)
        assert self.enter(complaints="5", orders="210").status_code == 302
        form = self.client.get(reverse("iciinsmes:early-month", args=[self.course.id, self.firm.id])).content.decode()
        assert 'name="was-orders" value="210"' in form
        self.sign_in(self.colleague)
        assert "early-value" in self.page_of(self.block)
        firm = reverse("iciinsmes:early-warning-firm", args=[self.course.id, self.firm.id])
        assert self.client.get(firm).status_code == 200
        self.sign_in(self.peer)
        assert "early-value" not in self.page_of(self.block)
        assert self.client.get(firm).status_code == 404

    def test_what_cannot_be_is_told_and_nothing_is_lost(self) -> None:
        answer = self.enter(complaints="five", orders="210")
        assert answer.status_code == 422, answer.content
        assert 'value="five"' in answer.content.decode()

    def test_the_first_month_completes_it_with_points_for_the_whole_firm(self) -> None:
        self.page_of(self.block)
        assert (self.score_of(self.block), self.done(self.block)) == ((0, 5), None)
        self.enter(complaints="5", orders="210")
        for member in (self.learner, self.colleague):
            assert (self.score_of(self.block, member), self.done(self.block, member)) == ((5, 5), 1)
        assert (self.score_of(self.block, self.peer), self.done(self.block, self.peer)) == ((0, 5), None)

    def test_who_joins_later_finds_done_what_the_firm_has_done(self) -> None:
        self.page_of(self.block)
        self.enter(complaints="5", orders="210")
        late = self.another_learner()
        companies.join_company(company_id=self.firm.id, user_id=late.id, course_key=self.course.id)
        self.sign_in(late)
        self.page_of(self.block)
        assert (self.score_of(self.block, late), self.done(self.block, late)) == ((5, 5), 1)

    def test_staff_read_what_it_is_about(self) -> None:
        self.enter(complaints="5", orders="210")
        self.sign_in(self.teacher)
        page = self.page_of(self.block)
        assert "Here learners enter the monthly figures" in page
        assert "early-value" not in page

    def test_delete_learner_state_takes_points_and_completion_and_leaves_the_firms_figures(self) -> None:
        self.page_of(self.block)
        self.enter(complaints="5", orders="210")
        before = api.figures_of(company_id=self.firm.id)
        self.clear(self.block)
        assert (self.score_of(self.block), self.done(self.block)) == ((0, 5), None)
        assert self.score_of(self.block, self.colleague) == (5, 5)
        assert before
        assert api.figures_of(company_id=self.firm.id) == before

"""Whatever people do, in whatever order and with however old a page before them: the life of a work stays sound."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api
from iciinsmes.assignments.data import MentorNeed, MentorRule, Task
from iciinsmes.assignments.errors import AssignmentError
from iciinsmes.assignments.models import Round, Work
from iciinsmes.assignments.rules import WorkState, waiting_for
from iciinsmes.review import api as review
from iciinsmes.review.errors import ReviewError
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import Narrowing, WaitingFor
from iciinsmes_campus.learning import api as learning
from tests.examples import examples

from .conftest import COURSE, GOOD, attach, person

_numbers = count()
POINTS = {"completeness": Decimal(3), "finding": Decimal(2)}


class Life(RuleBasedStateMachine):
    """A learner, a mentor and two teachers, each of whom may still look at any page they ever saw."""

    pages = Bundle("pages")
    task: Task
    no_round = uuid4()

    @initialize(need=st.sampled_from(MentorNeed), attempts=st.integers(0, 2))
    def begin(self, need, attempts):
        number = next(_numbers)
        self.block = UsageKey.from_string(f"block-v1:ICI+TEST+2026+type@workplace_assignment+block@n{number}")
        self.learner = person(f"learner{number}", "learner")
        self.teachers = [person(f"teacher{number}-{i}", "teacher") for i in range(2)]
        changed = replace(self.task, attempts=attempts, mentor=MentorRule(need=need))
        self.version = api.freeze_task(usage_key=self.block, course_key=COURSE, task=changed)
        attach(self.learner, usage_key=self.block)
        api.save_draft(user_id=self.learner.id, usage_key=self.block, answers=GOOD, hours=None, base_revision=0)
        self.need, self.attempts = need, attempts
        self.handed_in, self.withdrawn, self.confirmed, self.opened = {}, set(), set(), set()

    @rule(target=pages)
    def hand_in(self):
        before = self.work()
        revision = before.draft.revision
        try:
            row = api.hand_in(
                user_id=self.learner.id, usage_key=self.block, base_revision=revision, version_id=self.version.id
            )
        except AssignmentError:
            assert before.state not in ("draft", "sent_back", "revise") or before.rounds_left == 0
            return None
        assert before.state in ("draft", "sent_back", "revise")
        self.handed_in[row.id] = (row.number, dict(row.answers), row.files)
        return row.id

    @rule(page=pages)
    def withdraw(self, page):
        before = self.work()
        try:
            api.withdraw(user_id=self.learner.id, usage_key=self.block, round_id=page or self.gone())
        except AssignmentError:
            return
        assert before.withdrawable
        assert page not in self.opened
        self.withdrawn.add(page)

    @rule(page=pages)
    def open_it(self, page):
        with suppress(AssignmentError):
            api.mark_opened(round_id=page or self.gone(), by_id=self.teachers[0].id)
            self.opened.add(page)

    @rule(page=pages, confirmed=st.booleans())
    def mentor_answers(self, page, confirmed):
        before = self.work()
        try:
            api.sign_off(round_id=page or self.gone(), confirmed=confirmed, by_name="Karl")
        except AssignmentError:
            return
        assert before.state == "handed_in"
        assert before.rounds[-1].id == page
        assert self.need is not MentorNeed.NONE
        if confirmed:
            self.confirmed.add(page)

    @rule(page=pages, who=st.integers(0, 1), outcome=st.sampled_from(["passed", "revise"]))
    def teacher_releases(self, page, who, outcome):
        if page is None:
            return
        with suppress(AssignmentError, ReviewError):
            review.propose(
                subject=page,
                rubric_id=self.version.rubric_id,
                assessor_id=self.teachers[who].id,
                points=POINTS,
                comments={},
                feedback="",
                base_revision=None,
            )
            api.release(round_id=page, assessor_id=self.teachers[who].id, outcome=outcome)

    @rule(page=pages)
    def staff_reopens(self, page):
        with suppress(AssignmentError):
            api.reopen(round_id=page or self.gone(), by_id=self.teachers[0].id, reason="A mistake.")

    @rule(page=pages)
    def staff_cancels(self, page):
        with suppress(AssignmentError):
            api.cancel_round(round_id=page or self.gone(), by_id=self.teachers[0].id, reason="The wrong file.")

    @rule(page=pages, who=st.integers(0, 1), outcome=st.sampled_from(["passed", "revise"]))
    def staff_corrects(self, page, who, outcome):
        result = review.released(subjects=[page]).get(page) if page else None
        with suppress(AssignmentError, ReviewError):
            api.correct_result(
                round_id=page or self.gone(),
                by_id=self.teachers[who].id,
                rubric_id=self.version.rubric_id,
                points=POINTS,
                comments={},
                feedback="",
                outcome=outcome,
                reason="A mistake.",
                base=result.revision if result else 1,
            )

    @invariant()
    def the_grade_is_that_of_the_newest_round_that_counts(self):
        if not hasattr(self, "block"):
            return
        booked = learning.grades(user_id=self.learner.id, course_key=COURSE).get(self.block)
        counting = [row for row in self.work().rounds if row.assessment and not row.cancelled_at]
        assert (booked is None) == (not counting)
        if booked:
            expected = api.result_points(user_id=self.learner.id, usage_key=self.block)
            assert expected is not None
            assert round(expected.earned, 2) == booked.earned

    @invariant()
    def rounds_are_what_was_handed_in(self):
        if not hasattr(self, "block"):
            return
        work = self.work()
        assert [row.number for row in work.rounds] == list(range(1, len(work.rounds) + 1))
        assert {row.id for row in work.rounds} == self.handed_in.keys() - self.withdrawn
        for row in work.rounds:
            assert (row.number, dict(row.answers), row.files) == self.handed_in[row.id]
        assert not self.attempts or work.rounds_left >= 0

    @invariant()
    def the_queue_holds_exactly_what_waits(self):
        if not hasattr(self, "block"):
            return
        state = WorkState(self.work().state)
        for who in (WaitingFor.STAFF, WaitingFor.MENTOR):
            page = waiting_room.queue(course_key=COURSE, narrowed=Narrowing(place=str(self.block), waiting_for=who))
            expected = [self.learner.id] if waiting_for(state, self.need) is who else []
            assert [item.owner_id for item in page.items] == expected

    @invariant()
    def nothing_passed_without_its_word_or_result(self):
        if not hasattr(self, "block"):
            return
        for row in self.work().rounds:
            passed = row.assessment is not None and row.assessment.outcome == "passed"
            if passed and self.need is MentorNeed.REQUIRED:
                assert row.id in self.confirmed
        stored = Work.objects.filter(owner=self.learner).first()
        if stored is not None:
            assert stored.round_count == Round.objects.filter(work=stored).count()

    def work(self):
        return api.work_of(user_id=self.learner.id, usage_key=self.block)

    def gone(self):
        """A page of a hand-in that was refused leads nowhere."""
        return next(iter(self.withdrawn), self.no_round)


@pytest.mark.django_db
def test_every_order_of_events_keeps_the_promises(task):
    machine = type("LifeOfThisTask", (Life,), {"task": task})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(40),
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        ),
    )

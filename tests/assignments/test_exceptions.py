"""Work that need not be done, rounds that do not count, other results, and beginning anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from iciinsmes.assignments import api
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.errors import NotEditable, NotExcepted, OwnWork, Waived
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.platform import Role, host
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.learning import api as learning

from .conftest import BLOCK, COURSE, GOOD, person
from .judged import POINTS, assess, grade_of, hand_in, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(strict):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=strict)


def correct(round_id, teacher, version, base, outcome="passed", points=None, reason="I had overlooked a page."):
    return api.correct_result(
        round_id=round_id,
        by_id=teacher.id,
        rubric_id=version.rubric_id,
        points=points or POINTS,
        comments={},
        feedback="Seen again.",
        outcome=outcome,
        reason=reason,
        base=base,
    )


class TestNotNeeded:
    def waive(self, learner, teacher):
        return api.waive(
            owner_id=learner.id, usage_key=BLOCK, course_key=COURSE, by_id=teacher.id, reason="Did it at the chamber."
        )

    def end(self, learner, teacher):
        api.end_waiver(owner_id=learner.id, usage_key=BLOCK, course_key=COURSE, by_id=teacher.id)

    def test_it_counts_as_done_and_is_no_zero(self, learner, teacher, version):
        for _twice in range(2):
            self.waive(learner, teacher)
        assert grade_of(learner).possible == 0
        assert learning.completions(user_id=learner.id, course_key=COURSE)[BLOCK] == 1.0
        assert told(learner) == ["waived"]
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).waiver.reason == "Did it at the chamber."

    def test_nothing_can_be_handed_in_until_it_is_taken_back(self, learner, teacher, version):
        self.waive(learner, teacher)
        with pytest.raises(Waived):
            hand_in(learner, version)
        for _twice in range(2):
            self.end(learner, teacher)
        assert grade_of(learner) is None
        assert BLOCK not in learning.completions(user_id=learner.id, course_key=COURSE)
        hand_in(learner, version)
        assert told(learner) == ["waived", "waiver_ended"]

    def test_what_waits_or_is_passed_is_not_waived(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            self.waive(learner, teacher)
        assess(row.id, teacher, version)
        with pytest.raises(NotExcepted):
            self.waive(learner, teacher)

    def test_after_another_round_the_earlier_points_come_back(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version, "revise")
        before = grade_of(learner)
        self.waive(learner, teacher)
        self.end(learner, teacher)
        assert grade_of(learner) == before
        assert learning.completions(user_id=learner.id, course_key=COURSE)[BLOCK] == 1.0

    def test_nobody_waives_the_own(self, teacher, version):
        with pytest.raises(OwnWork):
            self.waive(teacher, teacher)


class TestAnotherResult:
    def test_the_new_one_counts_and_the_old_one_can_be_read(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version, points={"completeness": Decimal(2), "finding": Decimal(2)})
        before = grade_of(learner).earned
        second = person("cora", Role.TEACHER)
        result = correct(row.id, second, version, first.revision)
        assert grade_of(learner).earned > before
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds[0].assessment.assessor_id) == ("passed", second.id)
        (earlier,) = api.earlier_results(rounds=work.rounds, timeline=work.timeline)
        assert (earlier.reason, earlier.result.feedback) == ("I had overlooked a page.", "Well seen.")
        assert told(learner)[-1] == "corrected"
        assert result.feedback == "Seen again."

    def test_twice_the_same_is_once(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        for _twice in range(2):
            correct(row.id, teacher, version, first.revision, "revise")
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).state == "revise"
        assert told(learner).count("corrected") == 1
        assert len(review.corrected(subjects=[row.id])[row.id]) == 1

    def test_who_saw_an_older_result_does_not_write_over_a_newer_one(self, learner, teacher, version):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        correct(row.id, person("cora", Role.TEACHER), version, first.revision, "revise")
        with pytest.raises(review.StaleAssessment):
            correct(row.id, teacher, version, first.revision, points={**POINTS, "finding": Decimal(3)})

    def test_no_pass_without_a_mentor_who_has_to_confirm(self, learner, teacher, strict):
        needs = replace(strict, mentor=MentorRule(need=MentorNeed.REQUIRED))
        version = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=needs)
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version, "revise")
        with pytest.raises(NotExcepted):
            correct(row.id, teacher, version, first.revision)
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).rounds[0].assessment == first

    def test_without_a_reason_or_result_nothing_changes(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            correct(row.id, teacher, version, 1)
        first = assess(row.id, teacher, version)
        with pytest.raises(review.InvalidAssessment):
            correct(row.id, teacher, version, first.revision, reason=" ")
        with pytest.raises(OwnWork):
            correct(row.id, learner, version, first.revision)
        assert review.released(subjects=[row.id])[row.id] == first

    def test_the_new_rubric_judges_and_the_old_judgement_stays(self, learner, teacher, version, strict):
        row = hand_in(learner, version)
        first = assess(row.id, teacher, version)
        criteria = strict.rubric.criteria
        newer = replace(strict, rubric=replace(strict.rubric, criteria=(criteria[0],)))
        now = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=newer)
        result = correct(row.id, teacher, now, first.revision, points={"completeness": Decimal(3)})
        assert (result.earned, result.possible) == (3, 3)
        (kept,) = review.corrected(subjects=[row.id])[row.id]
        assert (kept.assessment.points, kept.assessment.rubric) == (first.points, first.rubric)
        assert api.grading(round_id=row.id).round.task.rubric == strict.rubric


class TestDoesNotCount:
    def test_the_round_stays_and_the_points_go(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version)
        for _twice in range(2):
            api.cancel_round(round_id=row.id, by_id=teacher.id, reason="Handed in for somebody else.")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds_left) == ("revise", 2)
        assert work.rounds[0].cancelled_at is not None
        assert work.rounds[0].assessment.feedback == "Well seen."
        assert grade_of(learner) is None
        assert api.result_points(user_id=learner.id, usage_key=BLOCK) is None
        assert BLOCK not in learning.completions(user_id=learner.id, course_key=COURSE)
        assert told(learner).count("cancelled") == 1
        assert hand_in(learner, version).number == 2

    def test_what_waits_leaves_the_queue(self, learner, teacher, version):
        row = hand_in(learner, version)
        api.cancel_round(round_id=row.id, by_id=teacher.id, reason="A test.")
        assert not waiting_room.queue(course_key=COURSE).items
        first = review.proposals(subject=row.id)
        assert first == ()

    def test_the_round_before_counts_again(self, learner, teacher, version):
        first = hand_in(learner, version)
        assess(first.id, teacher, version, "revise")
        before = grade_of(learner)
        second = hand_in(learner, version)
        assess(second.id, teacher, version, points={"completeness": Decimal(3), "finding": Decimal(3)})
        api.cancel_round(round_id=second.id, by_id=teacher.id, reason="The wrong file.")
        assert grade_of(learner) == before
        with pytest.raises(NotExcepted):
            api.cancel_round(round_id=first.id, by_id=teacher.id, reason="Too.")


class TestBeginningAnew:
    def test_nothing_is_left_but_the_trail(self, learner, teacher, version):
        row = hand_in(learner, version)
        assess(row.id, teacher, version)
        api.reset_work(round_id=row.id, by_id=teacher.id, reason="The wrong course.")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert (work.state, work.rounds, dict(work.draft.answers)) == ("draft", (), {})
        assert grade_of(learner) is None
        assert host().due_dates([learner.id], BLOCK)
        (line,) = AuditLogEntry.objects.filter(verb="work_reset")
        assert (line.person_id, line.actor_id, line.detail["note"]) == (learner.id, teacher.id, "The wrong course.")
        assert told(learner)[-1] == "reset"

    def test_without_a_reason_everything_stays(self, learner, teacher, version):
        row = hand_in(learner, version)
        with pytest.raises(NotExcepted):
            api.reset_work(round_id=row.id, by_id=teacher.id, reason="")
        with pytest.raises(NotEditable):
            api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=1)

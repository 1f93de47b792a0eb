"""The life of a work through the room's door: withdrawing, the mentor's word, limits, lateness, opening again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from iciinsmes.assignments import api
from iciinsmes.assignments.data import CompleteOn, LateRule, MentorNeed, MentorRule
from iciinsmes.assignments.errors import (
    NoRoundsLeft,
    NotAwaited,
    NotReleasable,
    NotReopenable,
    NotWithdrawable,
    TooLate,
    UnknownRound,
)
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room

from .conftest import BLOCK, COURSE, GOOD, attach, person

PASS = {"completeness": Decimal(3), "finding": Decimal(2)}


@pytest.fixture
def use(task, version):
    """Freeze the task with other settings."""

    def freeze(**settings):
        return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, **settings))

    return freeze


@pytest.fixture
def hand_in(learner):
    def once(version):
        if not api.work_of(user_id=learner.id, usage_key=BLOCK).files:
            attach(learner)
        revision = api.work_of(user_id=learner.id, usage_key=BLOCK).draft.revision
        saved = api.save_draft(
            user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=Decimal(1), base_revision=revision
        )
        return api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=saved.revision, version_id=version.id)

    return once


@pytest.fixture
def grade(teacher):
    def release(row, version, outcome="passed"):
        review.propose(
            subject=row.id,
            rubric_id=version.rubric_id,
            assessor_id=teacher.id,
            points=PASS,
            comments={},
            feedback="",
            base_revision=None,
        )
        return api.release(round_id=row.id, assessor_id=teacher.id, outcome=outcome)

    return release


@pytest.fixture
def booked(monkeypatch):
    """What the gradebook and the completion were told."""
    calls: dict[str, list] = {"grade": [], "complete": []}
    monkeypatch.setattr(host(), "book_grade", lambda **values: calls["grade"].append(values))
    monkeypatch.setattr(host(), "complete", lambda **values: calls["complete"].append(values["fraction"]))
    return calls


def work(user):
    return api.work_of(user_id=user.id, usage_key=BLOCK)


def verbs(user):
    return [happening.verb.removeprefix("work.") for happening in work(user).timeline]


class TestWithdraw:
    def test_gives_texts_and_files_back_as_a_draft(self, learner, version, hand_in, booked):
        row = hand_in(version)
        assert work(learner).withdrawable
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        now = work(learner)
        assert (now.state, now.rounds, now.draft.answers) == ("draft", (), GOOD)
        assert [file.kept for file in now.files] == [False]
        assert booked["complete"] == [1.0, 0.0]

    def test_the_queue_forgets_it_and_it_can_be_handed_in_again_as_the_same_round(self, learner, version, hand_in):
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=hand_in(version).id)
        assert waiting_room.queue(course_key=COURSE).items == ()
        assert hand_in(version).number == 1
        assert verbs(learner) == ["handed_in", "withdrawn", "handed_in"]

    def test_ends_when_somebody_opens_it(self, learner, teacher, version, hand_in):
        row = hand_in(version)
        api.mark_opened(round_id=row.id, by_id=teacher.id)
        api.mark_opened(round_id=row.id, by_id=teacher.id)
        assert not work(learner).withdrawable
        with pytest.raises(NotWithdrawable):
            api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        assert verbs(learner) == ["handed_in", "opened"]

    def test_a_second_click_and_somebody_else_find_nothing(self, learner, other_learner, version, hand_in):
        row = hand_in(version)
        with pytest.raises(UnknownRound):
            api.withdraw(user_id=other_learner.id, usage_key=BLOCK, round_id=row.id)
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        with pytest.raises(UnknownRound):
            api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        with pytest.raises(UnknownRound):
            api.mark_opened(round_id=row.id)

    def test_a_second_round_leads_back_to_the_teachers_words(self, learner, version, hand_in, grade):
        first = hand_in(version)
        grade(first, version, "revise")
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=hand_in(version).id)
        now = work(learner)
        assert now.state == "revise"
        assert [row.id for row in now.rounds] == [first.id]
        # The first round still holds the file.
        assert EvidenceFile.objects.get(owner=learner).kept

    def test_an_assessed_round_stays(self, learner, version, hand_in, grade):
        row = hand_in(version)
        grade(row, version)
        with pytest.raises(NotWithdrawable):
            api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)


class TestMentor:
    @pytest.fixture
    def required(self, use):
        return use(mentor=MentorRule(need=MentorNeed.REQUIRED, checks=("Is the list true?",)))

    def test_the_teacher_gets_it_after_the_mentor(self, learner, required, hand_in, grade):
        row = hand_in(required)
        assert waiting_room.queue(course_key=COURSE).items == ()
        with pytest.raises(NotReleasable):
            grade(row, required)
        api.sign_off(round_id=row.id, confirmed=True, by_name="Karl Owner")
        assert [item.subject.id for item in waiting_room.queue(course_key=COURSE).items] == [row.id]
        assert api.release(round_id=row.id, assessor_id=_assessor(row), outcome="passed").outcome == "passed"
        assert verbs(learner) == ["handed_in", "confirmed", "passed"]
        assert work(learner).timeline[1].actor_name == "Karl Owner"

    def test_sent_back_can_be_written_again(self, learner, required, hand_in):
        row = hand_in(required)
        api.sign_off(round_id=row.id, confirmed=False, by_name="Karl", note="Two channels are missing.")
        assert work(learner).state == "sent_back"
        assert hand_in(required).number == 2
        with pytest.raises(NotAwaited):
            api.sign_off(round_id=row.id, confirmed=True, by_name="Karl")

    def test_two_words_on_one_round_are_one(self, learner, required, hand_in):
        row = hand_in(required)
        api.sign_off(round_id=row.id, confirmed=True, by_name="Karl")
        with pytest.raises(NotAwaited):
            api.sign_off(round_id=row.id, confirmed=False, by_name="Karl")
        assert work(learner).state == "confirmed"

    def test_the_teacher_may_ask_for_another_round_without_waiting(self, learner, required, hand_in, grade):
        row = hand_in(required)
        assert grade(row, required, "revise").outcome == "revise"
        with pytest.raises(NotAwaited):
            api.sign_off(round_id=row.id, confirmed=True, by_name="Karl")

    def test_an_optional_word_does_not_hold_the_teacher_up(self, use, learner, hand_in, grade):
        version = use(mentor=MentorRule(need=MentorNeed.OPTIONAL))
        row = hand_in(version)
        assert [item.subject.id for item in waiting_room.queue(course_key=COURSE).items] == [row.id]
        grade(row, version)
        assert work(learner).state == "passed"

    def test_nobody_is_asked_where_no_mentor_is_foreseen(self, version, hand_in):
        with pytest.raises(NotAwaited):
            api.sign_off(round_id=hand_in(version).id, confirmed=True, by_name="Karl")

    @pytest.mark.parametrize(
        ("complete_on", "told"),
        [(CompleteOn.HAND_IN, [1.0]), (CompleteOn.SIGN_OFF, [1.0]), (CompleteOn.PASSED, [1.0])],
    )
    def test_the_block_is_done_once_when_the_author_says_whoever_acts(
        self, use, hand_in, grade, booked, complete_on, told
    ):
        version = use(mentor=MentorRule(need=MentorNeed.REQUIRED), complete_on=complete_on)
        row = hand_in(version)
        assert booked["complete"] == (told if complete_on is CompleteOn.HAND_IN else [])
        api.sign_off(round_id=row.id, confirmed=True, by_name="Karl")
        assert booked["complete"] == ([] if complete_on is CompleteOn.PASSED else told)
        grade(row, version)
        assert booked["complete"] == told


class TestLimits:
    def test_rounds_run_out_and_the_staff_grants_one_with_a_reason(self, use, learner, teacher, hand_in, grade):
        version = use(attempts=1)
        row = hand_in(version)
        assert work(learner).rounds_left == 0
        grade(row, version, "revise")
        with pytest.raises(NoRoundsLeft):
            hand_in(version)
        with pytest.raises(NotReopenable):
            api.reopen(round_id=row.id, by_id=teacher.id, reason="  ")
        api.reopen(round_id=row.id, by_id=teacher.id, reason="The photo was missing.")
        assert work(learner).rounds_left == 1
        api.reopen(round_id=row.id, by_id=teacher.id, reason="A second click.")
        assert work(learner).rounds_left == 1
        assert hand_in(version).number == 2
        assert verbs(learner) == ["handed_in", "revise", "reopened", "handed_in"]

    def test_a_withdrawn_round_does_not_count(self, use, learner, hand_in):
        version = use(attempts=1)
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=hand_in(version).id)
        assert work(learner).rounds_left == 1

    def test_a_passed_work_opened_again_can_be_written(self, learner, teacher, version, hand_in, grade):
        row = hand_in(version)
        grade(row, version)
        api.reopen(round_id=row.id, by_id=teacher.id, reason="Wrong rubric used.")
        assert work(learner).state == "revise"
        assert work(learner).timeline[-1].note == "Wrong rubric used."
        assert work(learner).rounds[0].assessment.outcome == "passed"

    def test_only_the_newest_round_is_opened_again(self, learner, teacher, version, hand_in, grade):
        first = hand_in(version)
        grade(first, version, "revise")
        hand_in(version)
        with pytest.raises(NotReopenable):
            api.reopen(round_id=first.id, by_id=teacher.id, reason="Wrong one.")


class TestLateness:
    @pytest.fixture
    def due(self, monkeypatch):
        """Say in how many hours from now the learner's own work is due."""

        def set_due(hours):
            moment = timezone.now() + timedelta(hours=hours)
            monkeypatch.setattr(host(), "due_date", lambda _user_id, _key: moment)

        return set_due

    def test_days_of_grace_are_in_time_and_then_each_day_costs(self, use, learner, hand_in, grade, booked, due):
        version = use(late=LateRule(grace_hours=24, percent_per_day=Decimal(10), max_percent=Decimal(50)))
        due(1)
        with time_machine.travel(timezone.now() + timedelta(hours=24)):
            row = hand_in(version)
            assert not work(learner).rounds[0].late
            api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        with time_machine.travel(timezone.now() + timedelta(hours=26 + 24)):
            row = hand_in(version)
            assert (work(learner).rounds[0].late, row.late_percent) == (True, 20)
            grade(row, version)
        assert [values["earned"] for values in booked["grade"]] == [Decimal(5) / 6 * 10 * Decimal("0.8")]
        assert [item.late for item in waiting_room.queue(course_key=COURSE).items] == []

    def test_the_queue_shows_who_is_late_by_the_deadline_not_the_due_date(self, use, hand_in, due):
        version = use(late=LateRule(grace_hours=24))
        due(-2)
        hand_in(version)
        assert [item.late for item in waiting_room.queue(course_key=COURSE).items] == [False]

    def test_an_author_may_take_nothing_late_and_the_own_extension_counts(self, use, learner, hand_in, due):
        version = use(late=LateRule(accept=False))
        due(-1)
        with pytest.raises(TooLate) as refused:
            hand_in(version)
        assert refused.value.deadline < timezone.now()
        assert work(learner).draft.answers == GOOD
        due(1)
        assert hand_in(version).number == 1


def _assessor(row):
    return review.proposals(subject=row.id)[0].assessor_id


def test_people_of_other_courses_share_nothing(learner, version, hand_in):
    hand_in(version)
    stranger = person("zoe", "learner")
    assert api.work_of(user_id=stranger.id, usage_key=BLOCK).timeline == ()

"""Drafts, rounds, queue and release through the room's door."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from iciinsmes.assignments import api
from iciinsmes.assignments.errors import (
    IncompleteWork,
    NotEditable,
    NotReleasable,
    StaleDraft,
    TaskChanged,
    UnknownAssignment,
    UnknownRound,
)
from iciinsmes.assignments.models import Round, TaskVersion
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room
from iciinsmes_campus.learning import api as learning

from .conftest import BLOCK, COURSE, GOOD, attach, person


def save(user, text, base, hours=None):
    return api.save_draft(user_id=user.id, usage_key=BLOCK, answers={"channels": text}, hours=hours, base_revision=base)


def propose(round_id, version, teacher, points):
    return review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points={key: Decimal(value) for key, value in points.items()},
        comments={"finding": "Name an owner."},
        feedback="Good list. Which two channels does nobody read?",
        base_revision=None,
    )


PASS = {"completeness": 3, "finding": 2}


class TestTaskVersions:
    def test_the_same_task_is_one_version(self, version, task):
        again = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)
        assert again == version
        assert TaskVersion.objects.count() == 1

    def test_an_edited_task_is_a_new_version_and_going_back_finds_the_old_one(self, version, task):
        edited = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, purpose="Other."))
        assert edited.id != version.id
        assert api.current_task(usage_key=BLOCK).task.purpose == "Other."
        assert api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task).id == version.id

    def test_nothing_is_known_before_somebody_opened_the_block(self, learner):
        with pytest.raises(UnknownAssignment):
            api.current_task(usage_key=BLOCK)
        with pytest.raises(UnknownAssignment):
            save(learner, "text", 0)

    def test_opening_the_page_again_costs_two_queries_before_evidence(
        self, learner, version, task, django_assert_num_queries
    ):
        save(learner, "text", 0)
        with django_assert_num_queries(4):  # no rounds yet, so the work by itself; files, other evidence
            api.open_work(user_id=learner.id, usage_key=BLOCK, course_key=COURSE, task=task, due_at=None)

    def test_opening_after_an_edit_shows_the_new_task_with_the_old_draft(self, learner, version, task):
        save(learner, "text", 0)
        edited = replace(task, purpose="Other.")
        work = api.open_work(user_id=learner.id, usage_key=BLOCK, course_key=COURSE, task=edited, due_at=None)
        assert work.version.task.purpose == "Other."
        assert work.draft.answers["channels"] == "text"


class TestDrafts:
    def test_saves_count_up_and_keep_questions_that_were_left_out(self, learner, version):
        assert save(learner, "one", 0).revision == 1
        second = api.save_draft(
            user_id=learner.id, usage_key=BLOCK, answers={"remark": "two"}, hours=Decimal("1.5"), base_revision=1
        )
        assert second.revision == 2
        assert second.answers == {"channels": "one", "remark": "two"}
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).draft.hours == Decimal("1.5")

    def test_a_second_tab_is_told_and_loses_nothing(self, learner, version):
        save(learner, "first tab", 0)
        with pytest.raises(StaleDraft) as conflict:
            save(learner, "second tab", 0)
        assert conflict.value.current.answers["channels"] == "first tab"
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).draft.answers["channels"] == "first tab"

    def test_saving_what_is_already_there_is_no_conflict(self, learner, version):
        save(learner, "same", 0)
        assert save(learner, "same", 0).revision == 1

    def test_keys_the_task_does_not_have_are_not_stored(self, learner, version):
        draft = api.save_draft(
            user_id=learner.id, usage_key=BLOCK, answers={"channels": "a", "evil": "b"}, hours=None, base_revision=0
        )
        assert draft.answers == {"channels": "a"}

    def test_two_learners_write_side_by_side(self, learner, other_learner, version):
        save(learner, "anna", 0)
        save(other_learner, "bo", 0)
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).draft.answers == {"channels": "anna"}

    def test_a_save_costs_two_queries(self, learner, version, django_assert_num_queries):
        save(learner, "one", 0)
        with django_assert_num_queries(2):
            save(learner, "two", 1)


class TestHandIn:
    def test_a_round_holds_copies_of_answers_and_files(self, learner, handed_in):
        assert handed_in.number == 1
        assert handed_in.answers["channels"] == GOOD["channels"]
        assert [file.name for file in handed_in.files] == ["list.csv"]
        assert handed_in.hours == Decimal("4.5")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert work.state == "handed_in"
        assert learning.completions(user_id=learner.id, course_key=COURSE) == {BLOCK: 1.0}

    def test_an_empty_hand_in_names_what_is_missing_and_stores_nothing(self, learner, version):
        with pytest.raises(IncompleteWork) as refusal:
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=0, version_id=version.id)
        assert refusal.value.problems.keys() == {"channels", "files"}
        assert not Round.objects.exists()
        assert api.may_edit(user_id=learner.id, usage_key=BLOCK)

    def test_a_refused_hand_in_does_not_keep_files(self, learner, version):
        file = attach(learner)
        with pytest.raises(IncompleteWork):
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=0, version_id=version.id)
        file.refresh_from_db()
        assert not file.kept

    def test_a_double_click_is_one_round(self, learner, handed_in, version):
        with pytest.raises(NotEditable):
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
        assert Round.objects.count() == 1

    def test_a_stale_page_cannot_hand_in(self, learner, version):
        attach(learner)
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        save(learner, "other words from another tab", 1)
        with pytest.raises(StaleDraft):
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)

    def test_a_task_that_changed_meanwhile_must_be_seen_first(self, learner, version, task):
        attach(learner)
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, purpose="Other."))
        with pytest.raises(TaskChanged):
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)

    def test_nothing_can_be_written_while_the_teacher_has_it(self, learner, handed_in):
        assert not api.may_edit(user_id=learner.id, usage_key=BLOCK)
        with pytest.raises(NotEditable):
            save(learner, "late thought", 2)

    def test_an_edited_task_leaves_old_rounds_as_they_were(self, learner, handed_in, task):
        api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, title="New title"))
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert work.version.task.title == "New title"
        assert work.rounds[0].task == task

    def test_a_hand_in_after_the_persons_own_due_date_is_late(self, learner, version, monkeypatch):
        due = datetime(2026, 12, 1, tzinfo=UTC)
        own = {learner.id: due}
        monkeypatch.setattr(type(host()), "due_date", lambda _host, user_id, _key: own.get(user_id))
        attach(learner)
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        with time_machine.travel(due + timedelta(minutes=1)):
            row = api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
        assert row.late
        assert row.due_at == due

    def test_hand_in_costs_at_most_22_queries(self, learner, version, django_assert_max_num_queries):
        attach(learner)
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
        with django_assert_max_num_queries(22):
            api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)


class TestRelease:
    def test_a_pass_books_grade_and_tells_the_learner(
        self, learner, teacher, handed_in, version, django_capture_on_commit_callbacks
    ):
        propose(handed_in.id, version, teacher, PASS)
        with django_capture_on_commit_callbacks(execute=True):
            api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert work.state == "passed"
        assert work.rounds[0].assessment.feedback.startswith("Good list")
        grade = learning.grades(user_id=learner.id, course_key=COURSE)[BLOCK]
        assert (grade.earned, grade.possible) == (Decimal("8.33"), Decimal(10))
        assert [message.to for message in mail.outbox] == [["anna@example.org"]]
        assert "Good list" not in mail.outbox[0].body

    def test_a_mail_server_that_fails_does_not_undo_the_release(
        self, learner, teacher, handed_in, version, django_capture_on_commit_callbacks, settings, caplog
    ):
        settings.EMAIL_BACKEND = "tests.notices.conftest.Broken"
        propose(handed_in.id, version, teacher, PASS)
        with django_capture_on_commit_callbacks(execute=True):
            api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).state == "passed"
        assert "could not be sent" in caplog.text
        assert "anna@example.org" not in caplog.text

    def test_another_round_starts_from_the_last_one(self, learner, teacher, handed_in, version):
        propose(handed_in.id, version, teacher, {"completeness": 1, "finding": 1})
        api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="revise")
        work = api.work_of(user_id=learner.id, usage_key=BLOCK)
        assert work.state == "revise"
        assert work.draft.answers["channels"] == GOOD["channels"]
        assert [file.name for file in work.files] == ["list.csv"]
        draft = save(learner, "five words are better now", work.draft.revision)
        second = api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=draft.revision, version_id=version.id)
        assert second.number == 2
        grading = api.grading(round_id=second.id)
        assert [row.number for row in grading.earlier] == [1]
        assert grading.earlier[0].answers["channels"] == GOOD["channels"]

    def test_releasing_twice_changes_nothing_and_a_newer_round_protects_the_old_one(
        self, learner, teacher, handed_in, version
    ):
        propose(handed_in.id, version, teacher, {"completeness": 1, "finding": 1})
        first = api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="revise")
        assert api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="revise") == first
        with pytest.raises(NotReleasable):
            api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")

    def test_unknown_rounds_are_refused(self, teacher, db):
        with pytest.raises(UnknownRound):
            api.release(round_id=uuid4(), assessor_id=teacher.id, outcome="passed")
        with pytest.raises(UnknownRound):
            api.grading(round_id=uuid4())


class TestQueue:
    def fill(self, version, count):
        people = []
        for number in range(count):
            user = person(f"p{number}", "learner")
            attach(user)
            with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number), tick=False):
                api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
                api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
            people.append(user)
        return people

    def test_longest_waiting_first_page_by_page_without_gaps(self, version):
        people = self.fill(version, 5)
        seen, after = [], None
        for _page in range(10):
            page = waiting_room.queue(course_key=COURSE, after=after, limit=2)
            seen += [item.owner_id for item in page.items]
            after = page.next_after
            if after is None:
                break
        assert seen == [user.id for user in people]

    def test_costs_one_query_whatever_its_length(self, version, django_assert_num_queries):
        self.fill(version, 1)
        with django_assert_num_queries(1):
            waiting_room.queue(course_key=COURSE)
        self.fill_more = [person(f"q{number}", "learner") for number in range(4)]
        for user in self.fill_more:
            attach(user)
            api.save_draft(user_id=user.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
            api.hand_in(user_id=user.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
        with django_assert_num_queries(1):
            assert len(waiting_room.queue(course_key=COURSE).items) == 5

    def test_counts_what_waits_and_what_waits_too_long(self, version):
        self.fill(version, 3)
        with time_machine.travel(datetime(2026, 11, 12, 1, tzinfo=UTC), tick=False):
            counts = waiting_room.queue_counts(course_key=COURSE, overdue_before=datetime(2026, 11, 2, 1, tzinfo=UTC))
        assert (counts.waiting, counts.overdue) == (3, 2)

    def test_drafts_and_graded_work_do_not_wait(self, learner, teacher, handed_in, version):
        propose(handed_in.id, version, teacher, PASS)
        api.release(round_id=handed_in.id, assessor_id=teacher.id, outcome="passed")
        save(person("late", "learner"), "draft only", 0)
        assert waiting_room.queue(course_key=COURSE).items == ()

    @pytest.mark.parametrize("mark", ["", "nonsense", "2026-01-01_x", "_5", "x" * 500])
    def test_a_broken_page_mark_starts_at_the_beginning(self, learner, handed_in, mark):
        assert len(waiting_room.queue(course_key=COURSE, after=mark).items) == 1

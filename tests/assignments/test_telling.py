"""Teachers learn that a work waits, learners that one is due soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from iciinsmes.assignments import api, notice_kinds
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.models import Work
from iciinsmes.assignments.notifications import remind_due_soon
from iciinsmes.notices import api as notices
from iciinsmes.platform import host
from iciinsmes_campus.learning import api as learning

from .conftest import BLOCK, COURSE, GOOD, attach

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)


def told(user) -> list[str]:
    return [notice.headline for notice in notices.inbox(user_id=user.id).notices]


class TestStaff:
    def test_a_hand_in_is_in_the_inbox_of_the_teachers_and_leads_to_the_desk(
        self, teacher, handed_in, client, django_capture_on_commit_callbacks
    ):
        assert told(teacher) == ["Anna has handed in “Where do our customers speak?”"]
        assert mail.outbox == []
        client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
        notice_id = notices.inbox(user_id=teacher.id).notices[0].id
        address = notices.open_notice(user_id=teacher.id, notice_id=notice_id)
        assert str(handed_in.id) in address
        assert client.get(address).status_code == 200

    def test_the_mail_that_collects_news_leads_to_the_round_on_the_desk(
        self, teacher, learner, version, request, django_capture_on_commit_callbacks
    ):
        notices.set_mails(user_id=teacher.id, mails=notices.Mails.DAILY)
        handed_in = request.getfixturevalue("handed_in")
        tomorrow = datetime.now(UTC) + timedelta(days=2)
        with time_machine.travel(tomorrow, tick=False), django_capture_on_commit_callbacks(execute=True):
            call_command("ici_notices")
        (letter,) = [letter for letter in mail.outbox if letter.to == [teacher.email]]
        assert host().absolute(f"/iciinsmes/desk/{COURSE}/rounds/{handed_in.id}/") in letter.body

    def test_a_mail_server_that_fails_does_not_undo_a_hand_in(
        self, learner, teacher, version, handed_in, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "tests.notices.conftest.Broken"
        notices.set_mails(user_id=teacher.id, mails=notices.Mails.DAILY)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("ici_notices")
        assert api.work_of(user_id=learner.id, usage_key=BLOCK).state == "handed_in"


class TestLife:
    @pytest.fixture
    def hand_in(self, learner, task):
        def once(need: MentorNeed):
            version = api.freeze_task(
                usage_key=BLOCK, course_key=COURSE, task=replace(task, mentor=MentorRule(need=need))
            )
            attach(learner)
            api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
            return api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)

        return once

    def test_a_round_that_was_taken_back_is_told_nobody(self, learner, teacher, hand_in):
        row = hand_in(MentorNeed.NONE)
        assert len(told(teacher)) == 1
        api.withdraw(user_id=learner.id, usage_key=BLOCK, round_id=row.id)
        assert told(teacher) == []

    def test_teachers_hear_of_a_work_when_the_mentor_has_confirmed_it(self, learner, teacher, hand_in):
        row = hand_in(MentorNeed.REQUIRED)
        assert told(teacher) == []
        api.sign_off(round_id=row.id, confirmed=True, by_name="Olga Holz")
        assert len(told(teacher)) == 1
        assert told(learner) == ["Olga Holz has confirmed “Where do our customers speak?”"]

    def test_where_a_mentor_may_answer_teachers_hear_of_it_once(self, teacher, hand_in):
        row = hand_in(MentorNeed.OPTIONAL)
        api.sign_off(round_id=row.id, confirmed=True, by_name="Olga Holz")
        assert len(told(teacher)) == 1

    def test_what_the_mentor_sends_back_is_told_with_the_note(
        self, learner, teacher, hand_in, django_capture_on_commit_callbacks
    ):
        row = hand_in(MentorNeed.OPTIONAL)
        with django_capture_on_commit_callbacks(execute=True):
            api.sign_off(round_id=row.id, confirmed=False, by_name="Olga Holz", note="The phone is missing.")
        assert told(teacher) == []
        (sent,) = mail.outbox
        assert sent.subject == "Olga Holz has sent “Where do our customers speak?” back to you"
        assert "The phone is missing." in sent.body

    def test_another_round_is_told_with_the_reason(self, learner, teacher, hand_in):
        row = hand_in(MentorNeed.NONE)
        api.reopen(round_id=row.id, by_id=teacher.id, reason="The wrong file came along.")
        (notice,) = notices.inbox(user_id=learner.id).notices
        assert (notice.kind, notice.detail) == (notice_kinds.REOPENED, "The wrong file came along.")


class TestDueSoon:
    @pytest.fixture
    def draft(self, learner, version, monkeypatch):
        """Return a function that makes the learner's draft due at a moment."""
        api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)

        def become_due(due_at: datetime | None) -> None:
            monkeypatch.setattr(type(host()), "due_date", lambda *_: due_at)

        return become_due

    @pytest.mark.parametrize(
        ("left", "expected"),
        [(timedelta(days=3), 1), (timedelta(hours=1), 1), (timedelta(days=3, hours=1), 0), (timedelta(hours=-1), 0)],
    )
    def test_a_draft_is_reminded_of_in_its_last_three_days(self, learner, draft, left, expected):
        with time_machine.travel(NOW, tick=False):
            draft(NOW + left)
            remind_due_soon()
        assert len(told(learner)) == expected

    def test_once_and_with_the_moment(self, learner, draft, django_capture_on_commit_callbacks):
        draft(NOW + timedelta(days=2))
        for hours in (0, 7, 30):
            with (
                time_machine.travel(NOW + timedelta(hours=hours), tick=False),
                django_capture_on_commit_callbacks(execute=True),
            ):
                call_command("ici_notices")
        (sent,) = mail.outbox
        assert sent.subject == "“Where do our customers speak?” is due soon"
        assert "It is due on Fri 6 Mar 2026, 11:00 CET." in sent.body
        assert str(BLOCK) in sent.body

    def test_nobody_is_reminded_of_a_work_without_date(self, learner, draft):
        draft(None)
        remind_due_soon()
        assert told(learner) == []

    def test_nobody_is_reminded_of_what_was_handed_in(self, learner, handed_in, monkeypatch):
        monkeypatch.setattr(type(host()), "due_date", lambda *_: NOW + timedelta(days=1))
        with time_machine.travel(NOW):
            remind_due_soon()
        assert told(learner) == []

    def test_who_has_left_the_course_is_not_reminded(self, learner, draft):
        draft(NOW + timedelta(days=1))
        learning.leave(user_id=learner.id, course_key=COURSE)
        with time_machine.travel(NOW):
            remind_due_soon()
        assert told(learner) == []

    def test_nobody_is_reminded_who_cannot_hand_in_any_more(self, learner, draft, task):
        api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, attempts=1))
        Work.objects.update(round_count=1, state="revise")
        draft(NOW + timedelta(days=1))
        with time_machine.travel(NOW):
            remind_due_soon()
        assert told(learner) == []

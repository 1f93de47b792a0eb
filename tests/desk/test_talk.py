"""Messages between learner and staff: who writes and reads, who is told, what the queue shows, and what stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round, Work
from iciinsmes.assignments.page import render_work
from iciinsmes.assignments.retirement import expire_drafts
from iciinsmes.notices import api as notices
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role
from iciinsmes.privacy import api as privacy
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import PAGE
from iciinsmes.threads.models import Message, MessagePlace, Thread
from iciinsmes.waiting import api as waiting_room

from .conftest import COURSE, OTHER_COURSE, W01, person, text_of, waiting

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
QUEUE = f"/iciinsmes/desk/{COURSE}/"
TALK = reverse("iciinsmes:work-talk", args=[W01])


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def thread_url(owner, step="", message_id=None) -> str:
    subject = Work.objects.get(owner=owner).subject
    name = f"iciinsmes:thread-{step}" if step else "iciinsmes:thread"
    return reverse(name, args=["work", subject, *([] if message_id is None else [message_id])])


def ask(owner, text="What counts as a source?"):
    return as_user(owner).post(TALK, {"text": text}, headers=PART)


def headlines(user) -> list[str]:
    return [line.headline for line in notices.inbox(user_id=user.id).notices]


def asked_in_queue() -> list[bool]:
    return [item.has_question for item in waiting_room.queue(course_key=COURSE).items]


class TestWriting:
    def test_a_learner_asks_before_anything_is_written(self, anna, version, teacher):
        assert "Nobody has written yet" in text_of(as_user(anna).get(TALK, headers=PART))
        assert not Work.objects.exists()
        assert "What counts as a source?" in text_of(ask(anna))
        assert headlines(teacher) == ["Anna has written to you about “W01 Where do our customers speak?”"]
        page = text_of(as_user(teacher).get(notices_address(teacher)))
        assert "What counts as a source?" in page

    def test_an_answer_is_told_to_the_learner_without_its_words(self, desk, anna, first, teacher):
        ask(anna)
        assert "has a question" in text_of(desk.get(QUEUE))
        assert "Look at &lt;the&gt; phone." in text_of(
            desk.post(thread_url(anna), {"text": "Look at <the> phone."}, headers=PART)
        )
        assert headlines(anna) == ["Tea has written to you about “W01 Where do our customers speak?”"]
        assert "has a question" not in text_of(desk.get(QUEUE))
        page = render_work(assignments.work_of(user_id=anna.id, usage_key=W01))
        assert "2 messages" in page
        assert "the newest is from your teacher" in page

    def test_messages_in_a_row_are_told_once(self, anna, first, teacher):
        for text in ("One", "Two", "Three"):
            ask(anna, text)
        assert len(headlines(teacher)) == 1

    def test_sent_twice_it_is_one_message(self, anna, first):
        ask(anna)
        ask(anna)
        assert Message.objects.count() == 1

    def test_without_a_script_the_page_comes_back(self, anna, first):
        answer = as_user(anna).post(thread_url(anna), {"text": "Hello"}, follow=True)
        assert answer.redirect_chain == [(thread_url(anna), 302)]
        assert "Hello" in text_of(answer)

    def test_nothing_and_too_much_are_refused_with_the_words_kept(self, anna, first):
        long = "y" * 5001
        assert long in text_of(as_user(anna).post(thread_url(anna), {"text": long}, headers=PART), 422)
        assert as_user(anna).post(thread_url(anna), {"text": " "}, headers=PART).status_code == 422

    def test_there_is_an_end_to_writing_fast(self, anna, first):
        answers = [ask(anna, f"Number {number}") for number in range(22)]
        assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 2
        assert "Number 21" in answers[-1].content.decode()
        assert Message.objects.count() == 20


def notices_address(user) -> str:
    return Notice.objects.get(user=user).address


class TestQuestions:
    def test_one_that_is_asked_before_the_hand_in_is_seen_in_the_queue(self, anna, version):
        ask(anna)
        saved = assignments.save_draft(
            user_id=anna.id, usage_key=W01, answers={"channels": "Delivery notes."}, hours=None, base_revision=0
        )
        assignments.hand_in(user_id=anna.id, usage_key=W01, base_revision=saved.revision, version_id=version.id)
        assert asked_in_queue() == [True]

    def test_nothing_to_answer(self, desk, anna, first):
        ask(anna, "Thank you!")
        assert asked_in_queue() == [True]
        assert "Nothing to answer" not in text_of(desk.post(thread_url(anna, "settle"), headers=PART))
        assert asked_in_queue() == [False]
        as_user(anna).post(thread_url(anna, "settle"), headers=PART)
        ask(anna, "One more thing")
        assert asked_in_queue() == [True]
        as_user(anna).post(thread_url(anna, "settle"), headers=PART)
        assert asked_in_queue() == [True]

    def test_one_that_was_deleted_is_none(self, anna, first):
        ask(anna)
        message = Message.objects.get()
        as_user(anna).post(thread_url(anna, "delete", message.id), headers=PART)
        assert asked_in_queue() == [False]


class TestChanging:
    def test_the_own_message_for_a_while(self, desk, anna, first):
        ask(anna)
        message = Message.objects.get()
        change = thread_url(anna, "change", message.id)
        assert "What is a source?" in text_of(as_user(anna).post(change, {"text": "What is a source?"}, headers=PART))
        assert "changed" in text_of(desk.get(thread_url(anna)))
        assert desk.post(change, {"text": "Mine"}, headers=PART).status_code == 409
        Message.objects.update(written_at=timezone.now() - timedelta(minutes=16))
        page = text_of(as_user(anna).post(change, {"text": "Too late"}, headers=PART), 409)
        assert "Too late" in page
        assert Message.objects.get().text == "What is a source?"

    def test_deleting_leaves_a_trace_and_no_words(self, desk, anna, first):
        ask(anna)
        message = Message.objects.get()
        for _time in range(2):
            answer = as_user(anna).post(thread_url(anna, "delete", message.id), headers=PART)
            assert "This message was deleted." in text_of(answer)
        assert Message.objects.get().text == ""
        assert desk.post(thread_url(anna, "delete", message.id), headers=PART).status_code == 409


class TestPages:
    def test_earlier_messages_come_page_by_page_at_the_same_cost(
        self, desk, anna, first, django_assert_max_num_queries
    ):
        ask(anna)
        (place,) = MessagePlace.objects.all()
        rows = Message.objects.bulk_create(
            Message(author=anna, course_key=COURSE, side="learner", text=f"Number {n}.", written_at=timezone.now())
            for n in range(45)
        )
        MessagePlace.objects.bulk_create(MessagePlace(message=row, subject=place.subject) for row in rows)
        with django_assert_max_num_queries(12):
            page = text_of(desk.get(thread_url(anna), headers=PART))
        assert page.count('<li class="message') == PAGE
        before = threads.page(subject=place.subject, reader_id=anna.id).before
        with django_assert_max_num_queries(12):
            rows_part = text_of(desk.get(f"{thread_url(anna)}?before={before}", headers=PART))
        assert "Number 24." in rows_part
        assert "Number 25." not in rows_part
        assert "data-thread-form" not in rows_part
        assert text_of(desk.get(f"{thread_url(anna)}?before={before}")).count('<li class="message') == PAGE


class TestWhoMay:
    def test_nobody_else_reads_or_writes(self, anna, bo, first, teacher):
        ask(anna)
        for user in (bo, person("elsewhere", Role.TEACHER, OTHER_COURSE)):
            client = as_user(user)
            assert client.get(thread_url(anna)).status_code == 404
            assert client.post(thread_url(anna), {"text": "Hi"}).status_code == 404
            assert client.post(thread_url(anna, "settle")).status_code == 404
        assert as_user(bo).get(reverse("iciinsmes:thread", args=["nothing", uuid4()])).status_code == 404

    def test_colleagues_speak_together_while_they_work_together(self, desk, anna, bo, version):
        rounds = [waiting(owner, version) for owner in (anna, bo)]
        ask(anna, "Only mine.")
        Round.objects.filter(id__in=rounds).update(team=uuid4())
        waiting_room.leave(subjects=rounds[1:])
        ask(bo, "Of us both?")
        assert asked_in_queue() == [True]
        own = text_of(as_user(anna).get(TALK, headers=PART))
        assert "Only mine." in own
        assert "Of us both?" in own
        assert "Only mine." not in text_of(as_user(bo).get(TALK, headers=PART))
        desk.post(thread_url(bo), {"text": "Yes."}, headers=PART)
        assert len(headlines(anna)) == len(headlines(bo)) == 1
        assert asked_in_queue() == [False]
        assignments.clear_work(user_id=anna.id, usage_key=W01)
        assert "Of us both?" in text_of(as_user(bo).get(TALK, headers=PART))
        assert not Message.objects.filter(text="Only mine.").exists()


class TestLeaving:
    def test_words_go_with_their_author_and_with_the_work(self, desk, anna, first, teacher):
        ask(anna)
        desk.post(thread_url(anna), {"text": "ANSWER-OF-TEA"}, headers=PART)
        privacy.erase(user_id=teacher.id, asked_by=None, reason="command")
        page = text_of(as_user(anna).get(TALK, headers=PART))
        assert "ANSWER-OF-TEA" not in page
        assert "This message was deleted." in page
        assignments.clear_work(user_id=anna.id, usage_key=W01)
        assert not Message.objects.exists()
        assert not Thread.objects.exists()

    def test_a_work_that_is_only_talked_about_is_not_dropped_at_once(self, anna, version):
        ask(anna)
        assert expire_drafts(before=timezone.now() - timedelta(days=1)) == 0
        Message.objects.update(written_at=timezone.now() - timedelta(days=9))
        assert expire_drafts(before=timezone.now() - timedelta(days=1)) == 1

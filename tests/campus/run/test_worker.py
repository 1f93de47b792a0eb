"""What requests leave behind is done by one thread of the open campus."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import connection, transaction

from iciinsmes import jobs
from iciinsmes.notices import api as notices
from iciinsmes.notices import outbox
from iciinsmes.notices.models import OutgoingMail
from iciinsmes.platform import host
from iciinsmes_campus.worker import working
from tests.people import SME1

CONTEXT = {"headline": "Passed", "step": "Go on.", "address": "https://x.example/"}


def send() -> None:
    notices.send_mail(
        to="tom@example.org", language="en", template="iciinsmes/notices/notice.txt", context=CONTEXT, course_key=SME1
    )


@pytest.fixture
def done(monkeypatch):
    """Note for each job with which id and in which thread it ran; the id 0 fails."""
    found: list[tuple[int, str]] = []

    def job(number: int) -> None:
        assert not connection.in_atomic_block
        found.append((number, threading.current_thread().name))
        if number == 0:
            raise RuntimeError("the first time")

    monkeypatch.setitem(jobs._JOBS._entries, "test.job", job)
    return found


@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_jobs_are_done_in_its_thread_in_order_after_the_commit(self, done):
        with working(), transaction.atomic():
            host().defer("test.job", 1)
            host().defer("test.job", 2)
            assert done == []
        assert done == [(1, "worker"), (2, "worker")]
        assert "worker" not in [thread.name for thread in threading.enumerate()]

    def test_it_goes_on_after_a_failure_and_what_waits_at_the_end_is_done(self, done, caplog):
        with working():
            for number in range(50):
                host().defer("test.job", number)
        assert [number for number, _thread in done] == list(range(50))
        assert "the first time" in caplog.text

    def test_what_is_rolled_back_is_not_done(self, done):
        with working(), transaction.atomic():
            host().defer("test.job", 1)
            transaction.set_rollback(True)
        assert done == []

    def test_where_none_works_the_caller_does_it_and_no_failure_is_the_callers(self, done, caplog):
        host().defer("test.job", 0)
        host().defer("test.job", 1)
        assert [number for number, _thread in done] == [0, 1]
        assert {thread for _number, thread in done} == {threading.current_thread().name}
        assert "the first time" in caplog.text

    def test_a_mail_leaves_from_it(self, settings):
        sent_by: list[str] = []
        settings.EMAIL_BACKEND = f"{__name__}.Noting"
        Noting.sent_by = sent_by
        with working():
            send()
        assert sent_by == ["worker"]
        assert OutgoingMail.objects.get().sent_at is not None

    def test_a_mail_whose_job_was_lost_leaves_with_the_clock_and_never_twice(self, monkeypatch):
        monkeypatch.setattr(type(host()), "defer", lambda *_lost: None)
        send()
        assert mail.outbox == []
        assert notices.deliver_due() == 1
        outbox.deliver_soon(str(OutgoingMail.objects.get().id))
        assert len(mail.outbox) == 1


class Noting:
    """A mail server that notes which thread speaks to it."""

    sent_by: list[str]

    def __init__(self, **_options: object) -> None:
        """Take what Django gives."""

    def send_messages(self, messages: list[object]) -> int:
        self.sent_by.append(threading.current_thread().name)
        return len(messages)

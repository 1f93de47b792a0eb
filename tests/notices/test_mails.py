"""Mails leave after the commit, once, however the mail server behaves."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.template import Engine
from django.utils import timezone

from iciinsmes.notices import api
from iciinsmes.notices.models import OutgoingMail
from iciinsmes.notices.outbox import deliver_soon
from iciinsmes.notices.rules import PAUSES
from tests.people import SME1

from .conftest import tell

TEMPLATE = "iciinsmes/notices/notice.txt"
CONTEXT = {"headline": "Tom & Ann's <work>", "step": "Go on.", "address": "https://x.example/a?b=1&c=2"}


def send(**more) -> None:
    values = {"to": "tom@example.org", "language": "en", "template": TEMPLATE, "context": CONTEXT, **more}
    api.send_mail(course_key=SME1, **values)


@pytest.fixture
def template(monkeypatch):
    """Return a function that replaces every template by this text."""

    def become(text: str) -> None:
        made = Engine.get_default().from_string(text)
        monkeypatch.setattr(Engine, "get_template", lambda *_: made)

    return become


@pytest.mark.django_db
class TestSending:
    def test_subject_and_text_come_from_the_template_and_nothing_is_escaped(self, committed):
        with committed():
            send()
            assert mail.outbox == []
        (sent,) = mail.outbox
        assert (sent.to, sent.subject) == (["tom@example.org"], CONTEXT["headline"])
        assert CONTEXT["address"] in sent.body
        assert not sent.body.startswith("Subject")

    @pytest.mark.parametrize(
        ("language", "words"), [("pl", "Twoja firma"), ("da", "Din virksomhed"), ("en", "Your firm")]
    )
    def test_the_text_is_in_the_language_asked_for(self, committed, template, language, words):
        template('{% load i18n %}Subject: {% translate "Your firm" %}\n\n{% translate "Your firm" %}')
        with committed():
            send(language=language)
        assert (mail.outbox[0].subject, mail.outbox[0].body.strip()) == (words, words)

    def test_a_subject_is_one_line(self, committed):
        with committed():
            send(context={**CONTEXT, "headline": "Hello\r Bcc: all@example.org"})
        assert mail.outbox[0].subject == "Hello Bcc: all@example.org"

    @pytest.mark.parametrize("text", ["Hello\n\nText", "Subject:\n\nText", "Subject: Hello", "Subject\n\nText"])
    def test_a_template_without_subject_or_text_is_a_mistake(self, template, text):
        template(text)
        with pytest.raises(api.BadTemplate):
            send()

    def test_what_is_rolled_back_is_never_sent(self, committed):
        with committed(), transaction.atomic():
            send()
            transaction.set_rollback(True)
        assert (mail.outbox, OutgoingMail.objects.count()) == ([], 0)

    def test_the_text_is_forgotten_when_it_was_sent(self, committed):
        with committed():
            send()
        row = OutgoingMail.objects.get()
        assert (row.body, row.next_try, row.error) == ("", None, "")
        assert row.sent_at is not None

    def test_mail_programs_can_stop_mails_of_accounts_only(self, committed, anna):
        with committed():
            send()
            tell(anna)
        to_stranger, to_anna = mail.outbox
        assert "List-Unsubscribe" not in to_stranger.extra_headers
        assert "/iciinsmes/inbox/stop/" in to_anna.extra_headers["List-Unsubscribe"]
        assert to_anna.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
class TestFailing:
    def test_a_broken_server_leaves_the_mail_which_is_sent_later(self, committed, server, caplog):
        server("broken")
        with committed():
            send()
        row = OutgoingMail.objects.get()
        assert (row.attempts, row.sent_at, row.error) == (1, None, "SMTPServerDisconnected")
        assert "could not be sent" in caplog.text
        assert "tom@example.org" not in caplog.text
        server("fine")
        assert api.deliver_due() == 0
        with time_machine.travel(timezone.now() + PAUSES[0]):
            assert api.deliver_due() == 1
            assert api.deliver_due() == 0
        assert [message.to for message in mail.outbox] == [["tom@example.org"]]

    def test_every_try_is_the_same_message(self, committed, server, monkeypatch):
        seen = []

        def fail(_self, messages):
            seen.extend(messages)
            raise OSError

        monkeypatch.setattr("tests.notices.conftest.Broken.send_messages", fail)
        server("broken")
        with committed():
            send()
        with time_machine.travel(timezone.now() + PAUSES[0]):
            api.deliver_due()
        first, second = (message.extra_headers["Message-ID"] for message in seen)
        assert first == second
        assert re.fullmatch(r"<[0-9a-f-]{36}@[\w.]+>", first)

    def test_nobody_waits_for_a_server_that_failed_lately(self, committed, server):
        server("broken")
        with committed():
            send()
        server("fine")
        with committed():
            send(to="ann@example.org")
        assert mail.outbox == []
        assert api.deliver_due() == 1

    def test_a_mail_that_somebody_else_is_sending_holds_no_other_back(self):
        now = timezone.now()
        OutgoingMail.objects.create(
            to="ann@example.org", subject="x", body="x", created_at=now, attempts=1, next_try=now + timedelta(hours=1)
        )
        other = OutgoingMail.objects.create(to="tom@example.org", subject="x", body="x", created_at=now, next_try=now)
        deliver_soon(str(other.id))
        assert [message.to for message in mail.outbox] == [["tom@example.org"]]

    def test_a_mail_is_given_up_after_the_last_pause(self, committed, server):
        server("broken")
        with committed():
            send()
        for pause in PAUSES:
            row = OutgoingMail.objects.get()
            assert row.next_try is not None
            with time_machine.travel(row.next_try + timedelta(seconds=1)):
                api.deliver_due()
            assert pause
        assert OutgoingMail.objects.get().next_try is None

    def test_an_address_that_does_not_exist_is_given_up_at_once(self, committed, server):
        server("refusing")
        with committed():
            send()
        row = OutgoingMail.objects.get()
        assert (row.next_try, row.error) == (None, "SMTPRecipientsRefused")

    def test_a_run_does_not_wait_for_each_of_many_mails(self, server):
        server("broken")
        for _number in range(5):
            send()
        api.deliver_due()
        assert OutgoingMail.objects.filter(attempts=1).count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_once(monkeypatch):
    now = timezone.now()
    for number in range(5):
        OutgoingMail.objects.create(to=f"{number}@example.org", subject="x", body="x", created_at=now, next_try=now)
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            api.deliver_due()
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert sorted(message.to[0] for message in mail.outbox) == [f"{number}@example.org" for number in range(5)]

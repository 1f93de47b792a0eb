"""What mentors get by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.utils import translation

from iciinsmes.mentors import api

from .conftest import OWNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


@pytest.fixture
def sent(ask, firm, django_capture_on_commit_callbacks):
    def call(language):
        with (
            time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)),
            django_capture_on_commit_callbacks(execute=True),
        ):
            request = ask(replace(OWNER, language=language))
        return request, mail.outbox[-1]

    return call


def test_the_mail_says_what_for_how_long_and_who_sees_it(sent):
    request, letter = sent("en")
    assert letter.to == ["lars@example.org"]
    assert letter.subject == "Mette Holm asks you to confirm a task at work"
    for part in (
        "Hello Lars Fyn,",
        "Mette Holm (El-Service Fyn)",
        '"Ask twenty customers"',
        "two minutes",
        request.link,
        "until Tue 22 Dec 2026, 13:00 CET.",
        "whether the coach, the teacher",
        "This is not for you?",
    ):
        assert part in letter.body
    assert "Subject:" not in letter.body
    assert "\n\n\n" not in letter.body


def test_the_mail_is_in_the_mentors_language_not_in_the_learners(sent):
    with translation.override("de"):
        _request, letter = sent("pl")
    assert "wt., 22 gru 2026, 13:00 CET" in letter.body


@pytest.mark.parametrize(
    ("language", "until", "handed_in"),
    [
        ("en", "Tue 22 Dec 2026, 13:00 CET", "20 November 2026"),
        ("de", "Di., 22. Dez. 2026, 13:00 CET", "20. November 2026"),
        ("da", "tirs. 22. dec. 2026, 13.00 CET", "20. november 2026"),
        ("pl", "wt., 22 gru 2026, 13:00 CET", "20 listopada 2026"),
        ("hu", "2026. dec. 22., K, 13:00 CET", "2026. november 20."),
    ],
)
def test_days_and_times_of_a_mail_are_those_of_its_language(sent, language, until, handed_in):
    with translation.override("en"):
        _request, letter = sent(language)
    assert until in letter.body
    assert handed_in in letter.body


def test_the_reminder_carries_the_same_link(sent, learner, django_capture_on_commit_callbacks):
    request, _letter = sent("en")
    with (
        time_machine.travel(datetime(2026, 11, 30, tzinfo=UTC)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        api.remind(request_id=request.id, asked_by=learner.pk)
    assert mail.outbox[-1].subject == "A reminder: Mette Holm waits for your answer"
    assert request.link in mail.outbox[-1].body


def test_a_name_cannot_add_lines_to_the_head(ask, firm, django_capture_on_commit_callbacks, learner):
    learner.first_name = "Mette\nBcc: all@example.org"
    learner.save()
    with django_capture_on_commit_callbacks(execute=True):
        ask(replace(OWNER, name="Lars\r\nBcc: all@example.org"))
    assert mail.outbox[-1].recipients() == ["lars@example.org"]

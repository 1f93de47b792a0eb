"""The mentor's page, as browsers and as the programs of mail servers see it."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from iciinsmes.mentors import api, signals
from iciinsmes.mentors.errors import NotAwaited
from iciinsmes.mentors.throttle import GUESSES
from tests.people import SME1

from .conftest import ADVISER, BACK, MATTER, OWNER, YES, path, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


def state(request):
    return api.requests_of(subjects=[request.subject])[request.subject][0]


def text(response) -> str:
    return response.content.decode()


def test_the_page_shows_what_is_to_be_confirmed(client, asked):
    page = text(client.get(path(asked)))
    for part in (
        "Did this really happen at El-Service Fyn?",
        "Ask twenty customers",
        "Mette Holm",
        "Questionnaire, 3 questions",
        "answers.csv",
        "6.5 hours at work",
        "Were twenty customers asked?",
        "Nobody &lt;b&gt;calls&lt;/b&gt; back.",
        "You are not Lars Fyn?",
    ):
        assert part in text(client.get(path(asked) + "?language=en")), part
    assert '<html lang="da"' in page


def test_the_page_costs_few_queries(client, asked, learner, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(path(asked))
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(8):
        client.get(path(asked))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(client, asked, method):
    before = state(asked)
    for _time in range(3):
        getattr(client, method)(path(asked))
    getattr(client, method)(path(asked) + "opened/")
    client.get(path(asked), said())
    assert state(asked) == before


def test_touching_the_page_is_noted(client, asked):
    assert client.post(path(asked) + "opened/").status_code == 204
    assert state(asked).opened_at is not None
    assert state(asked).state == "open"


def test_a_form_counts_as_opening_where_there_is_no_script(client, asked):
    client.post(path(asked), said(replace(YES, name="")))
    assert state(asked).opened_at is not None


@pytest.mark.parametrize("data", [{}, {"verdict": "confirmed", "took_place": "yes"}, {"x": "1"}])
def test_posting_anything_but_the_form_of_the_page_changes_nothing(client, asked, data):
    before = state(asked)
    response = client.post(path(asked), data)
    assert response.status_code == 422
    assert "<form" in text(response)
    assert state(asked) == before


@pytest.mark.parametrize("method", ["put", "delete", "patch", "get"])
def test_no_log_holds_the_link(client, asked, method, caplog):
    token = path(asked).rstrip("/").rsplit("/", 1)[-1]
    client.raise_request_exception = False
    for end in ("", "opened/", "files/x/", "nowhere/"):
        getattr(client, method)(path(asked) + end)
    assert caplog.records
    for record in caplog.records:
        assert token not in logging.Formatter().format(record) + repr(vars(record))


def test_a_confirmation(client, asked):
    response = client.post(path(asked), said(), follow=True)
    page = text(client.get(path(asked) + "?language=en"))
    assert response.redirect_chain
    assert "Thank you, Lars Fyn." in page
    assert YES.change in page
    assert "<form" not in page
    kept = api.answers_of(subjects=[asked.subject])[asked.subject]
    assert (kept.verdict, kept.may_see.coach, kept.may_see.teacher, kept.may_see.course) == (
        "confirmed",
        True,
        True,
        False,
    )


def test_sending_back_with_a_remark(client, asked):
    page = text(client.post(path(asked) + "?language=en", said(BACK, language="en"), follow=True))
    assert "back to Mette Holm" in page
    assert "Only eleven were asked." in page
    assert state(asked).state == "sent_back"


def test_everything_typed_survives_an_error(client, asked):
    form = replace(BACK, name="", change="Something & more", role="boss")
    response = client.post(path(asked), said(form, language="en", question="Who are you?"))
    page = text(response)
    assert response.status_code == 422
    assert "Everything you wrote is still here" in page
    for part in ("Something &amp; more", "Only eleven were asked.", 'value="boss"', "Who are you?"):
        assert part in page
    assert 'value="partly" checked' in page
    assert 'name="course" value="1" checked' not in page
    assert state(asked).state == "open"


def test_the_enter_key_decides_nothing(client, asked):
    page = text(client.post(path(asked), said(replace(YES, verdict=""), language="en")))
    assert "Choose one of the buttons" in page
    assert page.index('name="verdict" value=""') < page.index('name="show_in"')
    assert state(asked).state == "open"


def test_the_language_changes_and_the_words_stay(client, asked):
    response = client.post(path(asked), said(language="da", show_in="pl", verdict=""))
    page = text(response)
    assert response.status_code == 200
    assert '<html lang="pl"' in page
    assert 'name="language" value="pl"' in page
    assert YES.change in page
    assert response["Content-Language"] == "pl"
    assert '<html lang="hu"' in text(client.get(path(asked) + "?language=hu"))
    assert '<html lang="da"' in text(client.get(path(asked) + "?language=xx"))


def test_a_question_to_the_coach_keeps_the_link_open(client, asked):
    page = text(client.post(path(asked), said(verdict="ask_coach", question="Does it?", language="en"), follow=True))
    assert "Your question is with the coach." in page
    assert "<form" in page
    again = client.post(path(asked), said(verdict="ask_coach", question="Does it?", language="en"))
    assert again.status_code == 302
    assert client.post(path(asked), said(verdict="ask_coach", question=" ", language="en")).status_code == 422
    assert state(asked).coach_question == "Does it?"
    client.post(path(asked), said())
    assert state(asked).state == "confirmed"


def test_two_tabs_answer_once(client, asked):
    client.post(path(asked), said())
    page = text(Client().post(path(asked), said(BACK, language="en"), follow=True))
    assert "What you said" in page
    assert "Only eleven" not in page
    assert state(asked).state == "confirmed"


def test_an_expired_link_says_whom_to_ask(client, asked):
    with time_machine.travel(asked.expires_at):
        response = client.get(path(asked) + "?language=en")
        assert response.status_code == 410
        assert "Ask Mette Holm for a new link." in text(response)
        client.post(path(asked), said())
    assert state(asked).state == "open"


def test_a_withdrawn_link_says_so(client, asked, learner):
    api.revoke(request_id=asked.id, asked_by=learner.pk)
    response = client.post(path(asked), said(language="en"))
    assert response.status_code == 410
    assert "newer mail" in text(response)


def test_when_another_mentor_was_faster(client, ask, firm):
    first, second = ask(), ask(ADVISER)
    client.post(path(first), said())
    response = client.get(path(second) + "?language=en")
    assert response.status_code == 410
    assert "Somebody else has answered" in text(response)


def test_when_the_work_has_gone_on(client, asked):
    def refuse(**values):
        raise NotAwaited

    signals.answered.connect(refuse)
    try:
        response = client.post(path(asked), said(language="en"))
    finally:
        signals.answered.disconnect(refuse)
    assert response.status_code == 409
    assert "does not need your answer" in text(response)
    assert state(asked).state == "open"


def test_the_learner_sees_the_page_and_cannot_answer(client, asked, learner):
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert "This page is for your mentor." in text(client.get(path(asked) + "?language=en"))
    assert client.post(path(asked), said()).status_code == 403
    client.post(path(asked) + "opened/")
    assert (state(asked).state, state(asked).opened_at) == ("open", None)


def test_answers_are_kept_and_listed_by_nobody(client, asked):
    nowhere = reverse("iciinsmes:mentor", args=["nothing"])
    for response in (client.get(path(asked)), client.get(nowhere), client.post(path(asked), said(BACK, name=""))):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


def test_no_cookie_and_no_origin_are_needed(asked):
    """Browsers hide the origin of a form on a page with the policy no-referrer."""
    strict = Client(enforce_csrf_checks=True, HTTP_ORIGIN="null")
    assert strict.post(path(asked), said()).status_code == 302
    assert state(asked).state == "confirmed"


def test_guessing_is_answered_with_less(client, asked):
    nowhere = reverse("iciinsmes:mentor", args=["nothing"])
    answers = [client.get(nowhere) for _time in range(GUESSES + 1)]
    assert {response.status_code for response in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert text(answers[-1]) == text(answers[0])
    assert client.get(nowhere, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(path(asked)).status_code == 200
    assert client.post(reverse("iciinsmes:mentor-opened", args=["nothing"])).status_code == 429


def test_the_log_does_not_hold_the_link(client, asked, caplog):
    secret = path(asked).split("/")[-2]
    with caplog.at_level(logging.DEBUG):
        client.get(path(asked)[:-2] + "/")
        client.post(path(asked), said(BACK, name=""))
        with time_machine.travel(asked.expires_at):
            client.get(path(asked))
    assert "leads nowhere" in caplog.text
    for word in (secret, secret[:-1], "lars@example.org", "127.0.0.1"):
        assert word not in caplog.text


def test_a_firm_without_a_name(client, learner, subject):
    request = api.request_sign_off(
        subject=subject,
        course_key=SME1,
        asked_by=learner.pk,
        contact=replace(OWNER, language="en"),
        matter=replace(MATTER, company="", hours=None, purpose="", checks=(), answers=(), evidence=()),
    )
    assert "Did this really happen in the firm?" in text(client.get(path(request)))

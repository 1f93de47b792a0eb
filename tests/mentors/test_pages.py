"""The mentor's page, as browsers and as the programs of mail servers see it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api, signals
from iciinsmes.mentors.errors import AnswerNotAwaited
from iciinsmes.mentors.links import GUESSES
from tests.people import SME1

from .conftest import ADVISER, BACK, MATTER, OWNER, YES, look, place, said, token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


def state(request):
    return api.requests_of(subjects=[request.subject])[request.subject][0]


def old(request) -> str:
    """Return the link as it was while its secret stood in the path."""
    return reverse("iciinsmes:mentor-old", args=[token(request)])


def text(response) -> str:
    return response.content.decode()


def test_the_page_shows_what_is_to_be_confirmed(client, asked):
    page = text(look(client, asked))
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
        assert part in text(look(client, asked, language="en")), part
    assert '<html lang="da"' in page


def test_the_page_costs_few_queries(client, asked, learner, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        look(client, asked)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(8):
        look(client, asked)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(client, asked, method):
    before = state(asked)
    look(client, asked)
    for _time in range(3):
        getattr(client, method)(place(asked))
    getattr(client, method)(place(asked) + "opened/")
    client.get(place(asked), said(asked))
    assert state(asked) == before


def test_touching_the_page_is_noted(client, asked):
    assert client.post(place(asked) + "opened/", {"secret": token(asked)}).status_code == 204
    assert state(asked).opened_at is not None
    assert state(asked).state == "open"


def test_a_form_counts_as_opening_where_there_is_no_script(client, asked):
    client.post(place(asked), said(asked, replace(YES, name="")))
    assert state(asked).opened_at is not None


@pytest.mark.parametrize("data", [{}, {"verdict": "confirmed", "took_place": "yes"}, {"x": "1"}])
def test_posting_anything_but_the_form_of_the_page_changes_nothing(client, asked, data):
    before = state(asked)
    assert "Did this really happen" in text(
        client.post(place(asked), {**data, "secret": token(asked), "language": "en"})
    )
    assert "Did this really happen" in text(client.post(old(asked), {**data, "language": "en"}))
    look(client, asked)
    assert client.post(place(asked), {**said(asked), "secret": ""}).status_code == 403
    assert state(asked) == before


@pytest.mark.parametrize("method", ["put", "delete", "patch", "get"])
def test_no_log_holds_the_secret(client, asked, method, caplog):
    client.raise_request_exception = False
    for start in (place(asked), old(asked)):
        for end in ("", "opened/", "files/x/", "nowhere/"):
            getattr(client, method)(start + end)
    assert caplog.records
    for record in caplog.records:
        assert token(asked) not in logging.Formatter().format(record) + repr(vars(record))


def test_a_confirmation(client, asked):
    response = client.post(place(asked), said(asked), follow=True)
    page = text(look(client, asked, language="en"))
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
    page = text(client.post(place(asked) + "?language=en", said(asked, BACK, language="en"), follow=True))
    assert "back to Mette Holm" in page
    assert "Only eleven were asked." in page
    assert state(asked).state == "sent_back"


def test_everything_typed_survives_an_error(client, asked):
    form = replace(BACK, name="", change="Something & more", role="boss")
    response = client.post(place(asked), said(asked, form, language="en", question="Who are you?"))
    page = text(response)
    assert response.status_code == 422
    assert "Everything you wrote is still here" in page
    for part in ("Something &amp; more", "Only eleven were asked.", 'value="boss"', "Who are you?"):
        assert part in page
    assert 'value="partly" checked' in page
    assert 'name="course" value="1" checked' not in page
    assert state(asked).state == "open"


def test_the_enter_key_decides_nothing(client, asked):
    page = text(client.post(place(asked), said(asked, replace(YES, verdict=""), language="en")))
    assert "Choose one of the buttons" in page
    assert page.index('name="verdict" value=""') < page.index('name="show_in"')
    assert state(asked).state == "open"


def test_the_language_changes_and_the_words_stay(client, asked):
    response = client.post(place(asked), said(asked, language="da", show_in="pl", verdict=""))
    page = text(response)
    assert response.status_code == 200
    assert '<html lang="pl"' in page
    assert 'name="language" value="pl"' in page
    assert YES.change in page
    assert response["Content-Language"] == "pl"
    assert '<html lang="hu"' in text(look(client, asked, language="hu"))
    assert '<html lang="da"' in text(look(client, asked, language="xx"))


def test_a_question_to_the_coach_keeps_the_link_open(client, asked):
    question = said(asked, verdict="ask_coach", question="Does it?", language="en")
    page = text(client.post(place(asked), question, follow=True))
    assert "Your question is with the coach." in page
    assert "<form" in page
    again = client.post(place(asked), question)
    assert again.status_code == 302
    assert client.post(place(asked), said(asked, verdict="ask_coach", question=" ", language="en")).status_code == 422
    assert state(asked).coach_question == "Does it?"
    client.post(place(asked), said(asked))
    assert state(asked).state == "confirmed"


def test_two_tabs_answer_once(client, asked):
    client.post(place(asked), said(asked))
    page = text(Client().post(place(asked), said(asked, BACK, language="en"), follow=True))
    assert "What you said" in page
    assert "Only eleven" not in page
    assert state(asked).state == "confirmed"


def test_an_expired_link_says_whom_to_ask(client, asked):
    with time_machine.travel(asked.expires_at):
        response = look(client, asked, language="en")
        assert response.status_code == 410
        assert "Ask Mette Holm for a new link." in text(response)
        client.post(place(asked), said(asked))
    assert state(asked).state == "open"


def test_a_withdrawn_link_says_so(client, asked, learner):
    api.revoke(request_id=asked.id, asked_by=learner.pk)
    response = client.post(place(asked), said(asked, language="en"))
    assert response.status_code == 410
    assert "newer mail" in text(response)


def test_when_another_mentor_was_faster(client, ask, firm):
    first, second = ask(), ask(ADVISER)
    client.post(place(first), said(first))
    response = look(client, second, language="en")
    assert response.status_code == 410
    assert "Somebody else has answered" in text(response)


def test_when_the_work_has_gone_on(client, asked):
    def refuse(**values):
        raise AnswerNotAwaited

    signals.answered.connect(refuse)
    try:
        response = client.post(place(asked), said(asked, language="en"))
    finally:
        signals.answered.disconnect(refuse)
    assert response.status_code == 409
    assert "does not need your answer" in text(response)
    assert state(asked).state == "open"


def test_the_learner_sees_the_page_and_cannot_answer(client, asked, learner):
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert "This page is for your mentor." in text(look(client, asked, language="en"))
    assert client.post(place(asked), said(asked)).status_code == 403
    client.post(place(asked) + "opened/", {"secret": token(asked)})
    assert (state(asked).state, state(asked).opened_at) == ("open", None)


def test_answers_are_kept_and_listed_by_nobody(client, asked):
    nowhere = reverse("iciinsmes:mentor-old", args=["nothing"])
    for response in (
        client.get(reverse("iciinsmes:mentor-door")),
        client.get(place(asked)),
        look(client, asked),
        client.get(nowhere),
        client.post(place(asked), said(asked, BACK, name="")),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_no_cookie_and_no_origin_are_needed_to_answer(asked):
    """Browsers hide the origin of a form on a page with the policy no-referrer."""
    strict = Client(enforce_csrf_checks=True, HTTP_ORIGIN="null")
    assert strict.post(place(asked), said(asked)).status_code == 302
    assert state(asked).state == "confirmed"


def test_a_pass_lets_look_at_one_page_for_an_hour_and_at_nothing_else(client, ask, firm):
    first, second = ask(), ask(ADVISER)
    given = look(client, first).cookies["ici_mentor"]
    assert (given["path"], given["max-age"], given["httponly"]) == (place(first), 3600, True)
    assert token(first) not in given.value
    assert client.get(place(first)).status_code == 200
    assert client.get(place(second)).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(place(first)).status_code == 403
        assert client.post(place(first), said(first)).status_code == 302
    client.cookies["ici_mentor"] = f"{given.value}x"
    assert client.get(place(first)).status_code == 404


def test_a_secret_opens_its_own_page_only(client, ask, firm):
    first, second = ask(), ask(ADVISER)
    assert client.post(place(first), {**said(first), "secret": token(second)}).status_code == 404
    assert state(first).state == "open"


def test_the_door_asks_for_what_a_mail_program_has_cut_off(client, asked):
    page = text(client.get(reverse("iciinsmes:mentor-door") + "?language=pl"))
    assert '<html lang="pl"' in page
    for pasted in (
        asked.link,
        f" <{asked.link[:70]}\n{asked.link[70:]}> ",
        asked.link.replace("#", "%23"),
        f"http://testserver{old(asked)}?language=da",
        token(asked),
    ):
        shown = text(client.post(reverse("iciinsmes:mentor-door"), {"secret": pasted, "language": "pl"}, follow=True))
        assert MATTER.title in shown, pasted
        assert '<html lang="pl"' in shown
    assert client.post(reverse("iciinsmes:mentor-door"), {"secret": " "}).status_code == 403


def test_a_browser_that_keeps_no_cookies_gets_the_page_all_the_same(asked):
    entered = Client().post(reverse("iciinsmes:mentor-door"), {"secret": token(asked)})
    door = Client().get(entered["Location"])
    assert door.status_code == 403
    page: Any = html.fromstring(door.content)
    (form,) = page.forms
    assert form.action.partition("?")[0] == place(asked)
    shown = Client().post(form.action, {"secret": token(asked), "language": "en"})
    assert MATTER.title in text(shown)
    assert shown.status_code == 200


def test_a_link_from_before_leads_to_the_page_and_away_from_its_secret(client, asked):
    entered = client.get(old(asked) + "?language=hu")
    assert entered["Location"] == f"{place(asked)}?door=1&language=hu#{token(asked)}"
    assert '<html lang="hu"' in text(client.get(entered["Location"]))
    assert client.post(old(asked), said(asked)).status_code == 302
    assert state(asked).state == "confirmed"


def test_guessing_is_answered_with_less(client, asked):
    door = reverse("iciinsmes:mentor-door")
    answers = [client.post(door, {"secret": "nothing"}) for _time in range(GUESSES.most + 1)]
    assert {response.status_code for response in answers[:-1]} == {404}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert text(answers[-1]) == text(answers[0])
    assert client.post(door, {"secret": "nothing"}, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert look(client, asked).status_code == 200
    assert client.get(reverse("iciinsmes:mentor-old", args=["nothing"])).status_code == 429
    assert client.post(place(asked) + "opened/", {"secret": "nothing"}).status_code == 429


def test_the_log_does_not_hold_the_link(client, asked, caplog):
    secret = token(asked)
    with caplog.at_level(logging.DEBUG):
        client.get(old(asked)[:-2] + "/")
        client.post(reverse("iciinsmes:mentor-door"), {"secret": secret[:-1]})
        client.post(place(asked), said(asked, BACK, name=""))
        with time_machine.travel(asked.expires_at):
            look(client, asked)
    assert "leads nowhere" in caplog.text
    for word in (secret, secret[:-1], "lars@example.org", "127.0.0.1"):
        assert word not in caplog.text


def test_a_firm_without_a_name(client, learner, subject):
    request = api.request_sign_off(
        subject=round_subject(subject, SME1, None),
        asked_by=learner.pk,
        contact=replace(OWNER, language="en"),
        matter=replace(MATTER, company="", hours=None, purpose="", checks=(), answers=(), evidence=()),
    )
    assert "Did this really happen in the firm?" in text(look(client, request))

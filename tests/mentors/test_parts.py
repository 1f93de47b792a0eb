"""Parts of other pages: the learner's, the coordinator's, and the paper form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from iciinsmes.mentors import api, parts
from iciinsmes.mentors.data import MentorContact, SignOff
from iciinsmes.mentors.errors import InvalidContact

from .conftest import ADVISER, BACK, MATTER, OWNER, YES, token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


def part(sign_off=None, **more) -> str:
    values = {"action": "/ask", "paper": "/paper", "one_person": False, **more}
    return str(api.render_part(sign_off=sign_off or SignOff(), **values))


def sign_off(subject):
    return api.sign_offs_of(subjects=[subject])[subject]


def test_the_form_asks_for_what_can_be_read_back():
    page: Any = html.fromstring(part())
    form = page.forms[0]
    names = {field.name for field in form.inputs if field.name}
    post = QueryDict(mutable=True)
    post.update({name: f"x-{name}" for name in names})
    assert api.contact_from(post=post) == MentorContact(
        name="x-mentor_name", email="x-mentor_email", language="x-mentor_language", role="x-mentor_role"
    )


def test_a_refused_form_keeps_its_words(ask, learner):
    with pytest.raises(InvalidContact) as refused:
        ask(replace(OWNER, email=learner.email))
    page = part(typed=replace(OWNER, email=learner.email), errors=refused.value.errors)
    assert 'value="Lars Fyn"' in page
    assert "Nobody is the own mentor" in page
    assert 'value="owner" checked' in page
    assert 'value="da" lang="da" selected' in page


def test_the_only_person_of_a_firm_is_offered_mentors_from_outside():
    page = part(one_person=True)
    assert 'value="adviser" checked' in page
    assert 'value="owner"' not in page


def test_the_status_says_where_the_request_stands(ask, firm, subject, learner):
    request = ask()
    page = part(sign_off(subject))
    assert "not opened yet" in page
    assert "<svg" in page
    assert request.link not in page
    assert page.index("Send a reminder") < page.index("Ask somebody else")
    api.mark_opened(token=token(request))
    api.remind(request_id=request.id, asked_by=learner.pk)
    page = part(sign_off(subject))
    assert "✓ opened on" in page
    assert "reminded once" in page
    assert "One reminder a week is enough." in page
    api.revoke(request_id=request.id, asked_by=learner.pk)
    page = part(sign_off(subject))
    assert "Withdrawn." in page
    assert "New link" in page
    assert "<svg" not in page


def test_a_mentor_without_address_is_not_reminded(ask, firm, subject):
    ask(replace(ADVISER, email=""))
    assert "Send a reminder" not in part(sign_off(subject))


def test_the_answer_replaces_the_form(asked, subject):
    api.answer(token=token(asked), form=replace(BACK, name="Lars <Fyn>"))
    page = part(sign_off(subject))
    assert "Sent back by Lars &lt;Fyn&gt;, owner." in page
    assert "Only eleven were asked." in page
    assert "<form" not in page


def test_the_coordinators_form_can_be_read_back():
    request = RequestFactory().get("/")
    page: Any = html.fromstring(
        api.render_sign_for(request=request, action="/sign", typed=YES, reason="Phoned.", on_paper=True)
    )
    values = dict(page.forms[0].fields)
    assert (values["took_place"], values["name"], values["reason"].strip(), values["on_paper"]) == (
        "yes",
        "Lars Fyn",
        "Phoned.",
        "1",
    )
    assert values["csrfmiddlewaretoken"]
    assert set(page.xpath("//button/@value")) == {"confirmed", "sent_back"}


def test_the_coordinators_form_shows_what_is_missing():
    page = api.render_sign_for(request=RequestFactory().get("/"), action="/sign", errors={"reason": "Write why."})
    assert "Write why." in page


@pytest.mark.parametrize(("language", "shown"), [("pl", "pl"), ("xx", "en")])
def test_the_paper_form_is_in_the_mentors_language(language, shown):
    page = render_to_string("iciinsmes/mentors/paper.html", api.paper_context(matter=MATTER, language=language))
    assert f'<html lang="{shown}"' in page
    assert page.count("☐") == 8
    assert "Ask twenty customers" in page
    assert "Nobody &lt;b&gt;calls" in page


def test_the_qr_code_can_be_named_and_fetches_nothing():
    code = str(parts.qr_svg("https://campus.example.org/iciinsmes/mentor/#abc.def"))
    assert 'role="img"' in code
    assert "http" not in code.replace("http://www.w3.org/2000/svg", "")

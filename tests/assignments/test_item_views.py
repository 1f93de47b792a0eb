"""What the learner's page sends about links, notes and pasted tables, as the browser sends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import EvidenceRules
from tests.drafts import draft

from .conftest import BLOCK, GOOD, attach

TABLE = {"kind": "table", "title": "Channels", "text": "channel\tn\n<b>phone</b>\t60", "header": "on"}
NOTE = {"kind": "note", "date": "2026-11-20", "place": "Counter", "text": "Two <i>left</i>."}


@pytest.fixture
def task(task):
    return replace(task, evidence=EvidenceRules(max_files=5, kinds=("photo", "table", "note")))


@pytest.fixture
def page(learner, version) -> Client:
    return signed_in(learner)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(step: str, item=None, question: str = "") -> str:
    return reverse(f"iciinsmes:work-item-{step}", args=[BLOCK, *([item.id] if item else [])]) + f"?question={question}"


def items(learner):
    return evidence.items_of(subject=draft(learner.id, BLOCK).id)


def test_adding_shows_the_list_with_everything_escaped(page, learner):
    answer = page.post(url("add"), TABLE)
    assert answer.status_code == 201
    html = answer.json()["html"]
    assert '<th scope="col">channel</th>' in html
    assert "&lt;b&gt;phone" in html
    html = page.post(url("add"), NOTE).json()["html"]
    assert "Two &lt;i&gt;left" in html
    assert len(items(learner)) == 2


def test_evidence_of_a_question_stands_at_the_question(page, learner):
    html = page.post(url("add", question="channels"), TABLE).json()["html"]
    assert "Channels" in html
    assert "Channels" not in page.post(url("add", question="gone"), {**NOTE}).json()["html"]
    assert [item.question for item in items(learner)] == ["channels", ""]
    work = page.get(reverse("iciinsmes:work", args=[BLOCK])).content.decode()
    at_question, whole = work.split('data-question=""')
    assert "<b>phone</b>" not in work
    assert "&lt;b&gt;phone" not in whole
    assert "Counter" in whole
    assert "Counter" not in at_question


def test_wrong_fields_are_told_by_name(page, learner):
    answer = page.post(url("add"), {"kind": "note"})
    assert answer.status_code == 422
    assert set(answer.json()["problems"]) == {"date", "place", "text"}
    assert page.post(url("add"), {"kind": "link", "url": "https://example.org"}).status_code == 422
    assert items(learner) == ()


def test_a_preview_stores_nothing(page, learner):
    answer = page.post(url("preview"), TABLE)
    assert "&lt;b&gt;phone" in answer.content.decode()
    assert page.post(url("preview"), {"text": ""}).status_code == 422
    assert items(learner) == ()


def test_changing_and_two_tabs(page, learner):
    page.post(url("add"), NOTE)
    (item,) = items(learner)
    form = page.get(url("fields", item)).json()
    assert (form["kind"], form["revision"], form["fields"]["place"]) == ("note", 1, "Counter")
    assert "Yard" in page.post(url("change", item), {**NOTE, "place": "Yard", "revision": 1}).json()["html"]
    late = page.post(url("change", item), {**NOTE, "place": "Roof", "revision": 1})
    assert late.status_code == 409
    assert (late.json()["revision"], "Yard" in late.json()["html"]) == (2, True)
    assert items(learner)[0].content["place"] == "Yard"


def test_removing_twice(page, learner):
    page.post(url("add"), NOTE)
    (item,) = items(learner)
    assert page.post(url("remove", item)).status_code == 200
    assert page.post(url("remove", item)).status_code == 404
    assert items(learner) == ()


def test_handed_in_meanwhile(page, learner, version):
    page.post(url("add"), TABLE)
    (item,) = items(learner)
    attach(learner)
    api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=None, base_revision=0)
    api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)
    assert page.post(url("add"), NOTE).status_code == 410
    assert page.post(url("change", item), {**TABLE, "title": "x", "revision": 1}).status_code == 410
    assert page.post(url("remove", item)).status_code == 410
    assert items(learner) == (item,)


def test_strangers(page, learner, other_learner, teacher):
    page.post(url("add"), NOTE)
    (item,) = items(learner)
    assert Client().post(url("add"), NOTE).status_code == 401
    for stranger in (signed_in(other_learner), signed_in(teacher)):
        assert stranger.get(url("fields", item)).status_code == 404
        assert stranger.post(url("change", item), {**NOTE, "revision": 1}).status_code == 404
        answer = stranger.post(url("remove", item))
        assert answer.status_code == 404
        assert "Counter" not in answer.content.decode()
    assert items(learner) == (item,)

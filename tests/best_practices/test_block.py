"""The block as hosts meet it: cards of cases, edited, done from the page of a case, and written as OLX."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.best_practices import api
from iciinsmes.best_practices.authoring import settings_from_xml, settings_to_xml
from iciinsmes.best_practices.block import BestPracticeCasesBlock
from iciinsmes.best_practices.data import CasesBlockSettings
from iciinsmes.lib.json_data import to_json
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade
from tests.best_practices.conftest import TITLE
from tests.early_warning.test_block import Users
from tests.people import SME1

KEY = SME1.make_usage_key("best_practice_cases", "examples")


def settings(**changes) -> CasesBlockSettings:
    return CasesBlockSettings(**{"title": "Examples", **changes})


def make(user=None, chosen: CasesBlockSettings | None = None) -> BestPracticeCasesBlock:
    runtime = TestRuntime(services={"user": Users(user and user.pk)})
    block = BestPracticeCasesBlock(runtime, DictFieldData({}), ScopeIds(None, "best_practice_cases", KEY, KEY))
    block.store(chosen or settings())
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    found = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(data).encode()))
    return found.status_code, found.json


def sent(**changes) -> dict:
    return {**to_json(settings()), "cases": "", "due": "", **changes}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anna", "peer", "teacher", "coach", "stranger", None])
def test_everybody_sees_the_cards_that_the_author_chose(people, who):
    shown = make(getattr(people, who) if who else None, settings(trigger="rule", count=2)).student_view().content
    assert shown.count("<h3") == 2
    assert "Labels from one piece on" in shown
    assert "On Monday:" in shown
    assert ("say at its end that you have read it" in shown) is (who in ("anna", "peer"))


@pytest.mark.django_db
def test_it_is_done_from_the_page_of_a_case_once_and_for_all(people):
    block = make(people.anna, settings(cases=("dk1",), weight=Decimal(2)))
    block.freeze()
    client = Client()
    client.force_login(people.anna, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("iciinsmes:practice-case", args=[SME1, "dk1"])
    assert "I have read it" in client.get(page, {"block": str(KEY)}).content.decode()
    assert "I have read it" not in client.get(page).content.decode()
    assert block.points_of(people.anna.pk) is None
    read = reverse("iciinsmes:practice-read", args=[SME1])
    for _click in range(2):
        assert client.post(read, {"block": str(KEY)}).status_code == 302
    assert learning.completions(user_id=people.anna.pk, course_key=SME1)[KEY] == 1
    assert Grade.objects.get(user=people.anna).earned == 2
    assert "✓" in block.student_view().content
    assert block.points_of(people.anna.pk).earned == 2
    block.clear(people.anna.pk)
    assert block.points_of(people.anna.pk) is None


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "nonsense", "block-v1:A+B+C+type@best_practice_cases+block@x", str(KEY)])
def test_a_block_that_is_none_of_this_course_or_unknown_is_not_done(people, key):
    client = Client()
    client.force_login(people.anna, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("iciinsmes:practice-read", args=[SME1]), {"block": key}).status_code == 404


@pytest.mark.django_db
def test_staff_do_not_complete_it(people):
    make(people.teacher).freeze()
    client = Client()
    client.force_login(people.teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("iciinsmes:practice-read", args=[SME1]), {"block": str(KEY)}).status_code == 404


@pytest.mark.django_db
def test_a_case_that_is_taken_back_leaves_the_block_and_its_search(people, finished, published):
    chosen = settings(cases=(str(published.id), "dk1"))
    block = make(people.peer, chosen)
    assert TITLE in block.student_view().content
    assert TITLE in json.dumps(block.student_view_data())
    assert TITLE not in json.dumps(block.index_dictionary())
    api.take_back(project_id=finished, user_id=people.anna.pk, course_key=SME1)
    assert TITLE not in block.student_view().content
    assert "A heat-pump order" in block.student_view().content
    assert TITLE not in json.dumps(block.student_view_data())
    assert any(str(published.id) in message.text for message in block.validate().messages)


@pytest.mark.django_db
def test_the_editor_saves_what_was_chosen_and_marks_what_cannot_be(people):
    block = make(people.teacher)
    shown = block.studio_view().content
    for words in ("Cases that fit", "Or single cases", "T05 Complaint Pareto"):
        assert words in shown
    status, _answer = call(block, "studio_submit", sent(cases="dk1, PL2", trigger="rule", count=4))
    assert status == 200
    assert block.authored() == settings(cases=("dk1", "pl2"), trigger="rule", count=4)
    for place, wrong in (
        ("title", {"title": " "}),
        ("count", {"count": 13}),
        ("count", {"count": 0}),
        ("cases", {"cases": "dk1 dk1"}),
        ("cases", {"cases": "zz9"}),
        ("country", {"country": "XX"}),
        ("trigger", {"trigger": "x"}),
        ("phase", {"phase": "x"}),
        ("instrument", {"instrument": "T99"}),
        ("weight", {"weight": -1}),
    ):
        status, answer = call(block, "studio_submit", sent(**wrong))
        assert (status, [each["place"] for each in answer["problems"]]) == (400, [place])
    assert call(block, "studio_submit", {"title": "x"})[0] == 400


@pytest.mark.django_db
def test_apps_hear_whether_it_is_done(people):
    block = make(people.anna)
    answer = block.handle("student_view_user_state", Request.blank("/"))
    assert answer.json == {"done": False}
    assert make(people.teacher).handle("student_view_user_state", Request.blank("/")).status_code == 404
    assert block.validate().messages == []
    assert "No case fits" in make(people.anna, settings(trade="Astronaut")).validate().messages[0].text


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip)


@pytest.mark.django_db
@given(
    st.builds(
        CasesBlockSettings,
        title=_TEXT.filter(bool),
        instructions=_TEXT,
        cases=st.lists(st.sampled_from(["dk1", "pl2", "hu1", "at2"]), unique=True).map(tuple),
        country=st.sampled_from(["", "DK", "PL"]),
        trade=_TEXT,
        phase=st.sampled_from(["", "acquire", "realise"]),
        trigger=st.sampled_from(["", "crisis"]),
        instrument=st.sampled_from(["", "T05"]),
        count=st.integers(1, 12),
        weight=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(3)]),
    )
)
def test_olx_there_and_back(chosen):
    node = etree.Element("best_practice_cases")
    settings_to_xml(chosen, node)
    read = settings_from_xml(etree.fromstring(etree.tostring(node)))
    assert replace(read, instructions="") == replace(chosen, instructions="")


@pytest.mark.django_db
@pytest.mark.parametrize("attributes", ['count="0"', 'count="x"', 'country="XX"', 'instrument="T31"', 'weight="-1"'])
def test_olx_that_cannot_be_is_refused(attributes):
    with pytest.raises(OlxError, match="best_practice_cases"):
        settings_from_xml(etree.fromstring(f"<best_practice_cases {attributes}/>"))


@pytest.mark.django_db
def test_a_course_is_read_where_a_firms_case_is_not():
    read = settings_from_xml(etree.fromstring('<best_practice_cases cases="gone dk1"/>'))
    assert read.cases == ("gone", "dk1")


@pytest.mark.django_db
def test_who_looks_with_a_learners_eyes_presses_nothing(people, monkeypatch):
    monkeypatch.setattr(CampusHost, "looking_as_learner", lambda *_args: people.teacher.pk)
    shown = make(people.anna).student_view().content
    assert "A heat-pump order" in shown
    assert "You see this as this learner sees it" in shown

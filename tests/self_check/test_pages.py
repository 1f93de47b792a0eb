"""What learners and staff see and send, on the block and on the pages of their own."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.lib.json_data import to_json
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Gate
from iciinsmes.self_check import api
from iciinsmes.self_check.authoring import settings_from_xml, settings_to_xml
from iciinsmes.self_check.block import SelfCheckBlock
from iciinsmes.self_check.data import CheckSettings
from iciinsmes.self_check.models import CheckBlock
from tests.exercises.test_block import Users
from tests.people import SME1
from tests.self_check.conftest import BLOCK, CODES, send, settings

MODEL = api.write_model(api.shipped_model())
EVIL = "<script>alert(1)</script>"


def make(user=None, chosen=None) -> SelfCheckBlock:
    runtime = TestRuntime(services={"user": Users(user and user.id)})
    block = SelfCheckBlock(runtime, DictFieldData({}), ScopeIds(None, "self_check", BLOCK, BLOCK))
    block.store(chosen or settings())
    return block


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(value="2", number=1, **more) -> dict[str, str]:
    return {"number": str(number), **{f"choice-{code}": value for code in CODES}, **more}


def post(user, name, data):
    return browser(user).post(reverse(f"iciinsmes:self-check-{name}", args=[BLOCK]), data)


def tree(html: str) -> Any:
    return etree.HTML(html)


def test_learners_get_the_form_with_all_statements_and_a_place_for_a_proof(anna):
    page = tree(make(anna).student_view().content)
    assert len(page.xpath("//fieldset[legend]")) == 24
    assert len(page.xpath("//input[@type='radio'][@value='none']")) == 24
    assert len(page.xpath("//input[starts-with(@name, 'proof-')]")) == 24
    assert len(page.xpath("//details[@data-group][@open]")) == 1


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
def test_everybody_else_reads_what_is_asked_and_nothing_is_stored(teacher, view):
    CheckBlock.objects.all().delete()
    for user in (None, teacher):
        content = getattr(make(user), view)().content
        assert "data-ici-self-check" not in content
        assert "We write down every complaint" in content
    assert not CheckBlock.objects.exists()


def test_only_staff_are_led_to_the_firms(teacher):
    address = reverse("iciinsmes:self-check-firms", args=[SME1])
    assert address in make(teacher).student_view().content
    assert address not in make(None).student_view().content


def test_what_is_saved_comes_back_with_its_three_states(anna):
    make(anna).student_view()
    answer = post(anna, "draft", {"number": "1", "choice-1": "0", "choice-2": "none", "proof-4": EVIL, "was-4": ""})
    assert answer.status_code == 200
    assert answer.json()["message"].startswith("Saved")
    content = make(anna).student_view().content
    page = tree(content)
    assert page.xpath("//input[@name='choice-1'][@checked]/@value") == ["0"]
    assert page.xpath("//input[@name='choice-2'][@checked]/@value") == ["none"]
    assert page.xpath("//input[@name='choice-3'][@checked]/@value") == []
    assert page.xpath("//input[@name='proof-4']/@value") == [EVIL]
    assert EVIL not in content


def test_sending_thanks_and_shows_the_result_also_the_second_time(anna):
    for value in ("1", "4"):
        answer = post(anna, "send", form(value))
        assert answer.status_code == 200
        assert "Thank you" in answer.content.decode()
        assert "<strong>waiting</strong>" in answer.content.decode()


def test_too_much_open_is_said_and_what_was_typed_stays(anna):
    answer = post(anna, "send", {"number": "1", "choice-1": "3"})
    assert answer.status_code == 422
    assert "answer 17 more statements" in answer.content.decode()
    assert tree(answer.content.decode()).xpath("//input[@name='choice-1'][@checked]/@value") == ["3"]


def test_a_dimension_with_too_few_answers_says_so_and_leaves_a_gap(anna):
    values = form("2")
    for code in ("5", "6"):
        values[f"choice-{code}"] = "none"
    page = post(anna, "send", values).content.decode()
    assert "2 of 4 answered, 3 are needed" in page
    picture = tree(page).xpath("//figure//*[local-name()='svg']")[0]
    assert len(picture.xpath(".//*[local-name()='circle']")) == 5


def test_a_late_save_is_told_that_it_is_sent(anna):
    send(anna)
    assert post(anna, "draft", {"number": "1", "choice-1": "4"}).status_code == 410


def test_a_repeat_shows_the_form_and_can_be_dropped(anna):
    send(anna)
    assert "This is a repeat" in post(anna, "again", {}).content.decode()
    assert "<form" not in post(anna, "again", {"drop": "1"}).content.decode()


def test_the_result_compares_the_firm_and_names_nobody(anna, jonas, firm):
    send(anna, 2)
    send(jonas, dict.fromkeys(CODES, 2) | {"5": 4})
    page = browser(anna).get(reverse("iciinsmes:self-check", args=[SME1]), follow=True).content.decode()
    assert "2 persons of your firm" in page
    assert "two or more points apart" in page
    assert "jonas" not in page.lower()


def test_advice_leads_to_the_exercise_of_the_course_and_to_the_tool(anna, firm):
    send(anna, dict.fromkeys(CODES, 3) | {"1": 0, "17": 0})
    page = browser(anna).get(reverse("iciinsmes:self-check", args=[SME1]), follow=True).content.decode()
    assert reverse("iciinsmes:toolbox-instrument", args=["complaint-pareto"]) in page
    assert reverse("iciinsmes:project-own", args=[SME1]) in page


def test_a_result_is_its_owners_alone(anna, jonas, teacher, firm):
    address = reverse("iciinsmes:self-check-result", args=[send(anna).id])
    assert [browser(user).get(address).status_code for user in (anna, jonas, teacher)] == [200, 404, 404]


def test_staff_read_firms_and_no_proof(anna, teacher, firm):
    post(anna, "send", form("3", **{"proof-1": "The red book"}))
    page = browser(teacher).get(reverse("iciinsmes:self-check-firms", args=[SME1])).content.decode()
    assert "Nordlicht" in page
    assert "red book" not in page


def test_the_model_is_handed_out_as_a_file(anna):
    answer = browser(anna).get(reverse("iciinsmes:self-check-model"))
    assert len(json.loads(answer.content)["items"]) == 24


def test_the_olx_comes_back_as_it_was():
    for wanted in (
        settings(),
        settings(instructions="<p>Zwölf &amp; mehr</p>\r\n]]>", weight=Decimal("2.5")),
        settings(model=MODEL.strip(), instructions="<p>One</p><p>two</p>"),
    ):
        node = etree.Element("self_check", url_name="x")
        settings_to_xml(wanted, node)
        for encoding in ("utf-8", "ascii"):
            assert settings_from_xml(etree.fromstring(etree.tostring(node, encoding=encoding))) == wanted
        block = SelfCheckBlock.parse_xml(
            node, TestRuntime(services={"field-data": DictFieldData({})}), make().scope_ids
        )
        assert block.authored() == wanted


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ('<self_check weight="many"/>', "weight"),
        ("<self_check><model>{}</model></self_check>", "scale: must be an object"),
        ("<self_check><model>\n{,}</model></self_check>", "line 1"),
    ],
)
def test_mistakes_in_the_olx_are_named(xml, says):
    with pytest.raises(OlxError, match=says):
        settings_from_xml(etree.fromstring(xml))


def submit(block, chosen: CheckSettings) -> tuple[int, dict]:
    sent = json.dumps(to_json(chosen)).encode()
    answer = block.handle("studio_submit", Request.blank("/", method="POST", body=sent))
    return answer.status_code, answer.json


def test_an_author_saves_an_own_model_and_reads_how_many_keep_the_older_one(anna):
    send(anna)
    block = make(anna)
    status, answer = submit(block, settings(model=MODEL))
    assert (status, block.model) == (200, MODEL.strip())
    assert "1 self-check was sent already" in answer["message"]


def test_a_wrong_model_is_refused_at_its_field(anna):
    status, answer = submit(make(anna), settings(model='{"items": 3}'))
    assert status == 400
    assert {problem["place"] for problem in answer["problems"]} == {"model"}


def test_apps_and_the_search_read_the_block(anna):
    block = make(anna)
    assert len(block.student_view_data()["items"]) == 24
    assert "We write down every complaint" in block.index_dictionary()["content"]["statements"]
    assert block.own_outline() is None or block.own_outline()["sent_at"] is None
    send(anna)
    assert block.own_outline()["sent_at"]


def test_a_learners_page_costs_few_queries(anna, jonas, firm, django_assert_max_num_queries):
    send(anna)
    send(jonas)
    make(anna).student_view()
    with django_assert_max_num_queries(18):
        make(anna).student_view()


def test_the_checklist_of_the_first_gates_is_ticked_and_a_result_becomes_evidence(anna, firm):
    project = projects.show_own(user_id=anna.pk, course_key=SME1).project.id
    assert not is_ticked(project)
    send(anna, 1)
    assert is_ticked(project)
    (offer,) = projects.offers_for(user_id=anna.pk, course_key=SME1, entries=())
    entry = projects.take_over(project_id=project, user_id=anna.pk, course_key=SME1, key=offer.key)
    assert "Sensing: 25" in entry.content["words"]
    assert projects.offers_for(user_id=anna.pk, course_key=SME1, entries=[entry]) == ()


def is_ticked(project_id) -> bool:
    items = projects.checklist_of(project_id=project_id, course_key=SME1, gate=Gate.GOAL)
    return next(item.done for item in items if item.key == "self_check")

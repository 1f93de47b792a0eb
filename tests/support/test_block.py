"""The block as hosts meet it: a window on the directory, edited, done, cleared, and written as OLX."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import XBlockUser
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.lib.json_data import to_json
from iciinsmes.support import api
from iciinsmes.support.authoring import settings_from_xml, settings_to_xml
from iciinsmes.support.block import SupportDirectoryBlock
from iciinsmes.support.data import STAGES, DoneWhen, Need, SupportBlockSettings
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade
from tests.people import SME1
from tests.support.conftest import offer, reader

KEY = SME1.make_usage_key("support_directory", "who-helps")


class Users:
    """The user service with the platform's attribute."""

    def __init__(self, user_id):
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser()
        user.opt_attrs["edx-platform.user_id"] = self.user_id
        return user


def settings(**changes) -> SupportBlockSettings:
    return SupportBlockSettings(**{"title": "Who helps", **changes})


def make(user=None, chosen: SupportBlockSettings | None = None) -> SupportDirectoryBlock:
    runtime = TestRuntime(services={"user": Users(user and user.pk)})
    block = SupportDirectoryBlock(runtime, DictFieldData({}), ScopeIds(None, "support_directory", KEY, KEY))
    block.store(chosen or settings())
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    found = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(data).encode()))
    return found.status_code, found.json


def is_complete(user) -> bool:
    return learning.completions(user_id=user.pk, course_key=SME1).get(KEY, 0) == 1


def test_learners_see_what_fits_their_firm_and_the_need_that_the_author_chose(people):
    offer(people.dora, name="Hub", kind="edih")
    offer(people.dora, name="Bank", kind="loan")
    offer(people.piotr, name="Polish hub", kind="edih", country="PL")
    shown = make(people.anna, settings(need="digital")).student_view().content
    assert "Hub" in shown
    assert "Bank" not in shown
    assert "Polish" not in shown
    assert "Apply before the project starts" in shown
    assert "What do you need?" not in shown
    assert "What do you need?" in make(people.anna).student_view().content


def test_everybody_else_sees_what_the_block_is_about(people):
    offer(people.dora, name="Hub", kind="edih")
    for user in (None, people.teacher, people.coach, people.stranger):
        shown = make(user, settings(need="digital")).student_view().content
        assert "at most three offers" in shown
        assert "Hub" not in shown
    assert "at most three offers" in make(people.anna).author_view().content


def test_a_contact_completes_the_block_once_and_an_answer_the_other_kind(people):
    entry = offer(people.dora)
    make(people.anna, settings(weight=Decimal(2))).student_view()
    assert not is_complete(people.anna)
    contact = api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    assert is_complete(people.anna)
    assert not is_complete(people.jonas)
    assert [float(row.earned) for row in Grade.objects.filter(user=people.anna)] == [2]
    other = SME1.make_usage_key("support_directory", "later")
    api.freeze_block(usage_key=other, course_key=SME1, settings=settings(done_when=DoneWhen.ANSWERED))
    api.settle(user_id=people.anna.pk, course_key=SME1)
    assert api.done_points(user_id=people.anna.pk, usage_key=other) is None
    api.say_outcome(reader=reader(people.anna), course_key=SME1, contact_id=contact.id, answered=False)
    assert api.done_points(user_id=people.anna.pk, usage_key=other) is not None


def test_who_was_done_before_finds_the_block_done_and_it_can_be_cleared(people):
    entry = offer(people.dora)
    api.log_contact(reader=reader(people.anna), course_key=SME1, entry_id=entry.id)
    block = make(people.anna)
    block.student_view()
    assert is_complete(people.anna)
    block.clear(people.anna.pk)
    assert api.done_points(user_id=people.anna.pk, usage_key=KEY) is None
    assert api.contacts_of(reader=reader(people.anna), course_key=SME1)


def test_an_app_gets_the_block_and_what_fits_the_own_firm(people):
    offer(people.dora, name="Chamber", url="https://example.org/")
    data = make(people.anna, settings(need="talk", stage="G1")).student_view_data()
    assert (data["need"], data["stage"], data["done_when"]) == ("talk", "G1", "contacted")
    own = make(people.anna, settings(need="talk")).own_outline()
    assert own is not None
    assert [each["name"] for each in own["hits"]] == ["Chamber"]
    assert (own["contacted"], own["done"]) == (0, False)
    assert make(people.teacher).own_outline() is None
    assert make(people.anna, settings(need="talk")).search_texts()["need"].startswith("A first talk")


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"title": " "}, "title"), ({"need": "gold"}, "need"), ({"stage": "G9"}, "stage"), ({"weight": -1}, "weight")],
)
def test_the_editor_says_what_cannot_be_and_saves_nothing(people, changes, place):
    block = make(people.teacher)
    status, found = call(block, "studio_submit", {**to_json(settings()), **changes})
    assert status == 400
    assert [each["place"] for each in found["problems"]] == [place]
    assert block.display_name == "Who helps"


def test_the_editor_shows_and_saves_every_choice(people):
    block = make(people.teacher)
    page = block.studio_view().content
    for field in ("need", "stage", "done_when", "weight", "title"):
        assert f'data-field="{field}"' in page
    sent = to_json(settings(need="abroad", stage="G3", done_when=DoneWhen.ANSWERED, weight=Decimal(3)))
    status, _found = call(block, "studio_submit", sent)
    assert status == 200
    assert (block.need, block.stage, block.done_when, block.weight) == ("abroad", "G3", "answered", 3.0)
    assert block.warnings() == []


def test_what_only_a_newer_version_knows_is_left_out_and_nothing_breaks(people):
    block = make(people.anna)
    block.need, block.stage, block.done_when = "moon", "G12", "dreamt"
    assert block.authored() == settings()


TITLES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text and text
)


@given(
    title=TITLES,
    need=st.sampled_from(["", *(need.value for need in Need)]),
    stage=st.sampled_from(["", *STAGES]),
    done=st.sampled_from(DoneWhen),
    weight=st.decimals(0, 1000, places=2),
)
def test_olx_reads_back_what_it_has_written(title, need, stage, done, weight):
    chosen = SupportBlockSettings(title, "<p>Ask.</p>", need, stage, done, weight)
    node = etree.Element("support_directory")
    settings_to_xml(chosen, node)
    assert settings_from_xml(etree.fromstring(etree.tostring(node))) == chosen


@pytest.mark.parametrize("attribute", ['need="gold"', 'stage="G9"', 'done_when="never"', 'weight="much"'])
def test_olx_with_a_mistake_names_it(attribute):
    with pytest.raises(OlxError):
        settings_from_xml(etree.fromstring(f"<support_directory {attribute}/>"))

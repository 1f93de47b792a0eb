"""The block as hosts meet it: a window on the firm's figures, edited, done, cleared, and written as OLX."""

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
from iciinsmes.companies import api as companies
from iciinsmes.early_warning import api
from iciinsmes.early_warning.authoring import settings_from_xml, settings_to_xml
from iciinsmes.early_warning.block import EarlyWarningBlock
from iciinsmes.early_warning.data import WarningBlockSettings, WarningDoneWhen
from iciinsmes.early_warning.indicators import INDICATORS
from iciinsmes.lib.json_data import to_json
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade
from tests.early_warning.conftest import CASES, ORDERS, save, series
from tests.early_warning.test_figures import answer
from tests.people import SME1

KEY = SME1.make_usage_key("early_warning", "signs")


class Users:
    """The user service with the platform's attribute."""

    def __init__(self, user_id):
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser()
        user.opt_attrs["edx-platform.user_id"] = self.user_id
        return user


def settings(**changes) -> WarningBlockSettings:
    return WarningBlockSettings(**{"title": "Warning signs", **changes})


def make(user=None, chosen: WarningBlockSettings | None = None) -> EarlyWarningBlock:
    runtime = TestRuntime(services={"user": Users(user and user.pk)})
    block = EarlyWarningBlock(runtime, DictFieldData({}), ScopeIds(None, "early_warning", KEY, KEY))
    block.store(chosen or settings())
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    found = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(data).encode()))
    return found.status_code, found.json


def is_complete(user) -> bool:
    return learning.completions(user_id=user.pk, course_key=SME1).get(KEY, 0) == 1


def test_members_see_the_indicators_that_the_author_chose_with_their_charts(people):
    save(people, [*series(CASES, ORDERS), *series([900] * 7, key="E5")])
    shown = make(people.anna, settings(indicators=("E1",))).student_view().content
    assert "Complaints per 100 orders" in shown
    assert "Open alarms" in shown
    # A chart, and a small one beside the indicator in the list.
    assert shown.count("<svg") == 2
    assert shown.count("<table") == 1
    assert "E5" not in shown
    assert make(people.anna).student_view().content.count("<svg") == 4


def test_a_firm_that_has_entered_nothing_is_told_where_to_begin(people):
    shown = make(people.anna).student_view().content
    assert "/month/" in shown
    assert "No figures yet." in shown


@pytest.mark.parametrize("who", ["teacher", "stranger", "coach", None])
def test_others_see_what_it_is_about_and_no_figure(people, who):
    save(people, series(CASES, ORDERS))
    shown = make(getattr(people, who) if who else None).student_view().content
    assert "Here learners enter the monthly figures" in shown
    assert "<svg" not in shown
    assert ("Nordlicht" in shown) is (who == "coach")


def test_it_is_done_with_the_first_month_for_all_of_the_firm(people, django_capture_on_commit_callbacks):
    make(people.anna).freeze()
    with django_capture_on_commit_callbacks(execute=True):
        save(people, series([5], [100]))
    make(people.jonas).student_view()
    make(people.anna).student_view()
    assert is_complete(people.anna)
    assert is_complete(people.jonas)
    assert not is_complete(people.peer)
    assert Grade.objects.get(user=people.anna, usage_key=KEY).earned == 1


def test_it_is_done_with_an_answered_alarm_where_the_author_says_so(people):
    chosen = settings(done_when=WarningDoneWhen.ALARM, weight=Decimal(3))
    make(people.anna, chosen).freeze()
    save(people, series(CASES, ORDERS))
    make(people.anna, chosen).student_view()
    assert not is_complete(people.anna)
    answer(people, api.alarms_of(company_id=people.firm.id)[0])
    make(people.anna, chosen).student_view()
    assert is_complete(people.anna)
    assert api.done_points(user_id=people.anna.pk, usage_key=KEY).earned == 3
    make(people.anna, chosen).clear(people.anna.pk)
    assert api.done_points(user_id=people.anna.pk, usage_key=KEY) is None
    assert len(api.figures_of(company_id=people.firm.id)) == len(CASES)


def test_apps_get_colours_and_no_figures(people):
    save(people, series(CASES, ORDERS))
    block = make(people.anna, settings(indicators=("E1",)))
    assert block.student_view_data()["indicators"] == [{"key": "E1", "title": "Complaints per 100 orders"}]
    status, state = call(block, "student_view_user_state", {})
    assert (status, state["colour"], state["open_alarms"]) == (200, "red", 3)
    assert call(make(people.teacher), "student_view_user_state", {})[0] == 404


def test_somebody_without_a_firm_is_led_to_it(people):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    assert "Join your firm" in make(people.jonas).student_view().content


# Studio


def sent(chosen: WarningBlockSettings, **more) -> dict:
    data = {name: value for name, value in to_json(chosen).items() if name != "indicators"}
    return {**data, **{f"shows_{key}": key in chosen.indicators for key in INDICATORS}, **more}


def test_the_editor_takes_what_it_shows(people):
    chosen = settings(
        indicators=("E4", "E11N"), done_when=WarningDoneWhen.ALARM, weight=Decimal("2.5"), instructions="<p>x</p>"
    )
    block = make(people.anna)
    assert call(block, "studio_submit", sent(chosen))[1]["result"] == "success"
    assert block.authored() == chosen
    page = make(people.anna, chosen).studio_view().content
    assert page.count('data-field="shows_') == len(INDICATORS)
    assert call(block, "studio_submit", sent(settings(title="")))[0] == 400
    assert call(block, "studio_submit", {"indicators": []})[0] == 400
    assert make(people.anna, settings(title="")).validate().messages
    assert "Deliveries on time" in block.index_dictionary()["content"]["indicators"]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30).map(str.strip)


@given(
    st.builds(
        WarningBlockSettings,
        title=TEXTS.filter(bool),
        indicators=st.lists(st.sampled_from(list(INDICATORS)), unique=True).map(tuple),
        done_when=st.sampled_from(WarningDoneWhen),
        weight=st.integers(0, 1000).map(Decimal),
    )
)
def test_olx_there_and_back(chosen):
    node = etree.Element("early_warning")
    settings_to_xml(chosen, node)
    assert settings_from_xml(etree.fromstring(etree.tostring(node))) == chosen


@pytest.mark.parametrize("wrong", ['indicators="E99"', 'indicators="E1 E1"', 'done_when="never"', 'weight="-1"'])
def test_olx_that_cannot_be_is_refused(wrong):
    with pytest.raises(OlxError):
        settings_from_xml(etree.fromstring(f"<early_warning {wrong}/>"))

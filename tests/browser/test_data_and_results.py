"""Own data and results, what is shared, and a result as evidence with one click: on a phone and on a desktop."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.exercises import api
from iciinsmes.exercises.data import Answers, DataSource, ExerciseSettings, ExerciseStep
from iciinsmes.toolbox.data import Table
from tests.chromium import PHONE
from tests.people import SME1

from .conftest import check_accessible, check_both_sizes
from .scenes import UNIT, people_of_a_company

pytestmark = pytest.mark.django_db(transaction=True)
TOOL = SME1.make_usage_key("digital_tool", "loyalty")
SCORES = [10] * 8 + [9] * 10 + [8] * 9 + [7] * 6 + [6] * 3 + [5] * 2 + [3, 0]
TITLE = "Answers of spring from all customers of the workshop and the counter"


@pytest.fixture
def people(monkeypatch):
    """Anna has a result of her own data and one of invented data, and shares the first."""
    made = people_of_a_company(monkeypatch)
    settings = ExerciseSettings(title="Loyalty", instrument="net-promoter-score")
    api.open_exercise(user_id=made.anna.pk, usage_key=TOOL, course_key=SME1, settings=settings)
    data = api.keep_data(
        owner_id=made.anna.pk,
        course_key=SME1,
        instrument=settings.instrument,
        title=TITLE,
        table=Table.of(["score"], [(score,) for score in SCORES]),
        source=DataSource.PASTED,
    )
    own, demo = _finished(made.anna, data.id), _finished(made.anna, None)
    api.share_data(data_set_id=data.id, owner_id=made.anna.pk, for_company=True, for_staff=True)
    api.share_result(result_id=own.id, owner_id=made.anna.pk, for_company=True, for_staff=True)
    return SimpleNamespace(**vars(made), own=own, demo=demo)


def _finished(user, data_set_id):
    attempt = api.begin(user_id=user.pk, usage_key=TOOL, data_set_id=data_set_id, options={})
    while attempt.step is not ExerciseStep.DONE:
        attempt = api.answer(user_id=user.pk, attempt_id=attempt.id, step=attempt.step, given=Answers())
    return attempt.result


def page_of(result) -> str:
    return reverse("iciinsmes:tool-result", args=[result.id])


def list_of(name: str) -> str:
    return reverse(f"iciinsmes:exercise-{name}", args=[SME1])


def test_every_page_of_data_and_results(guest, people):
    for user, path, words in (
        (people.anna, list_of("mine"), TITLE),
        (people.anna, page_of(people.own), "Who else may see it?"),
        (people.anna, page_of(people.demo), "invented data"),
        (people.jonas, list_of("firm"), TITLE),
        (people.jonas, list_of("firm") + "?what=data", "pasted"),
        (people.jonas, page_of(people.own), "Anna Lindmoor"),
        (people.teacher, list_of("staff"), "Tischlerei Nordlicht"),
        (people.teacher, list_of("attempts"), "practice"),
    ):
        visitor = guest()
        visitor.is_user(user)
        page = visitor.look(path)
        expect(page.locator("main")).to_contain_text(words)


def test_a_result_is_attached_from_the_work_with_one_click(guest, people):
    visitor = guest(PHONE)
    visitor.is_user(people.anna)
    page = visitor.open(UNIT)
    place = page.locator("[data-ici-uploads][data-question='']")
    place.get_by_role("button", name="A result of an instrument").click()
    offered = place.locator("[data-ici-results]")
    expect(offered.get_by_role("button", name=re.compile("Attach"))).to_have_count(2)
    check_accessible(page)
    offered.locator("li", has_text="invented data").get_by_role("button").click()
    item = place.locator("[data-ici-item]")
    expect(item).to_contain_text("invented data")
    expect(item.get_by_role("button", name="Change")).to_have_count(0)
    expect(offered).to_be_empty()
    place.scroll_into_view_if_needed()
    check_both_sizes(page)


def test_a_result_is_attached_from_its_own_page(guest, people):
    visitor = guest()
    visitor.is_user(people.anna)
    page = visitor.open(page_of(people.own))
    line = page.locator("#offers li", has_text="Where do our customers speak")
    line.get_by_role("button", name=re.compile("Attach")).click()
    expect(line).to_contain_text("✓ Attached")
    check_both_sizes(page)


def test_offers_without_a_script(guest, people):
    visitor = guest(java_script_enabled=False)
    visitor.is_user(people.anna)
    page = visitor.open(page_of(people.own))
    page.get_by_role("link", name="Show my open assignments").click()
    line = page.locator("#offers li", has_text="Where do our customers speak")
    line.get_by_role("button", name=re.compile("Attach")).click()
    expect(line).to_contain_text("✓ Attached")

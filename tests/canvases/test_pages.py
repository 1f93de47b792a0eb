"""Pages of canvases: who gets them, what they cost, and what is said where something does not fit."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.canvases import api
from tests.people import SME1

from .conftest import add, canvas, words

pytestmark = pytest.mark.django_db


def url(name: str, *arguments: object) -> str:
    return reverse(f"iciinsmes:{name}", args=arguments)


def page(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    RequestCache.clear_all_namespaces()
    return client


def test_a_learner_makes_a_canvas_and_finds_it_in_the_list(client, people):
    browser = page(client, people.anna)
    sent = {"instrument": "value-proposition-canvas", "title": "Small kitchens", "firm": "1"}
    made = browser.post(url("canvases", SME1), sent)
    assert browser.get(made["Location"]).status_code == 200
    assert "Small kitchens" in browser.get(url("canvases", SME1)).content.decode()
    assert "Small kitchens" in page(browser, people.jonas).get(url("canvases", SME1)).content.decode()
    assert "Small kitchens" not in page(browser, people.peer).get(url("canvases", SME1)).content.decode()


def test_the_address_without_a_course_leads_to_the_only_one(client, people):
    found = page(client, people.anna).get(url("canvas-courses") + "?instrument=business-model-canvas")
    assert found["Location"] == url("canvases", SME1) + "?instrument=business-model-canvas"
    assert page(client, people.stranger).get(url("canvas-courses")).status_code == 200


def test_nothing_chosen_loses_nothing(client, people):
    refused = page(client, people.anna).post(url("canvases", SME1), {"title": "Small kitchens"})
    assert refused.status_code == 422
    assert 'value="Small kitchens"' in refused.content.decode()


def test_a_page_costs_the_same_with_many_cards_of_many_people(client, people, django_assert_max_num_queries):
    found = canvas(people.anna)
    browser = page(client, people.anna)
    for number in range(12):
        add(found, (people.anna, people.jonas)[number % 2], f"Card {number}")
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(8):
        text = browser.get(url("canvas", found.id)).content.decode()
    assert "Jonas Ahrwald" in text
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(4):  # session, person, canvas, role
        assert browser.get(url("canvas-changes", found.id) + "?since=12").status_code == 204


def test_words_of_people_are_escaped(client, people):
    found = canvas(people.anna)
    add(found, people.anna, "<script>alert(1)</script>")
    text = page(client, people.anna).get(url("canvas", found.id)).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_what_was_typed_and_refused_is_still_there(client, people):
    found = canvas(people.anna)
    sent = {"place": "pains", "cell-text": "Waits", "cell-importance": "9"}
    refused = page(client, people.anna).post(url("canvas-card-new", found.id), sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert re.search(r"<textarea[^>]*>\s*Waits</textarea>", text)
    assert 'value="9"' in text
    assert "9 is above 5" in text


def test_who_was_slower_sees_both(client, people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits")
    add(found, people.anna, "Calls")
    api.change_card(
        canvas_id=found.id, user_id=people.jonas.pk, card_id=row.id, revision=1, cells={"text": "Waits for weeks"}
    )
    sent = {"revision": "1", "cell-text": "Nobody calls"}
    refused = page(client, people.anna).post(url("canvas-card", found.id, row.id), sent)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "Waits for weeks" in text
    assert "Nobody calls" in text
    assert 'name="revision" value="2"' in text
    again = client.post(url("canvas-card", found.id, row.id), {**sent, "revision": "2"})
    assert again.status_code == 200
    assert words(found, people.anna)[0] == ("pains", "Nobody calls")


def test_a_card_that_was_removed_meanwhile_can_be_saved_as_a_new_one(client, people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits")
    api.remove_card(canvas_id=found.id, user_id=people.jonas.pk, card_id=row.id)
    sent = {"revision": "1", "place": "pains", "cell-text": "Waits for weeks"}
    refused = page(client, people.anna).post(url("canvas-card", found.id, row.id), sent)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert url("canvas-card-new", found.id) in text
    assert "Waits for weeks" in text
    assert 'name="place" value="pains"' in text


def test_staff_whom_the_owner_lets_read_and_cannot_change(client, people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits")
    api.share_canvas(canvas_id=found.id, owner_id=people.anna.pk, for_company=False, for_staff=True)
    browser = page(client, people.teacher)
    text = browser.get(url("canvas", found.id)).content.decode()
    assert "Waits" in text
    assert "Add a card" not in text
    for name, arguments in (
        ("canvas-card", [row.id]),
        ("canvas-card-move", [row.id]),
        ("canvas-card-remove", [row.id]),
    ):
        assert browser.post(url(name, found.id, *arguments), {"revision": "1"}).status_code == 404
    assert browser.post(url("canvas-card-new", found.id), {"place": "pains"}).status_code == 404


def test_a_card_needs_its_words_only_and_computing_asks_for_the_rest(client, people):
    found = canvas(people.anna, "business-model-canvas")
    browser = page(client, people.anna)
    form = browser.get(url("canvas-card-new", found.id) + "?place=channels").content.decode()
    assert "<details open" not in form
    added = browser.post(url("canvas-card-new", found.id), {"place": "channels", "cell-assumption": "They see our van"})
    assert added.status_code == 200
    address = url("canvas-result", found.id)
    asked = browser.get(address).content.decode()
    (card,) = api.open_canvas(canvas_id=found.id, reader_id=people.anna.pk).cards
    assert "They see our van" in asked
    assert f'name="card-{card.id}-cell-importance"' in asked
    assert "Computed from" not in asked
    refused = browser.post(address, {f"card-{card.id}-cell-importance": ""})
    assert refused.status_code == 422
    assert "is empty" in refused.content.decode()
    done = browser.post(address, {f"card-{card.id}-cell-importance": "4"}, follow=True)
    assert "Computed from 1 card" in done.content.decode()


def test_who_only_reads_sees_what_can_be_computed_and_what_is_left_out(client, people):
    found = canvas(people.anna, "business-model-canvas", shared_with_company=False)
    api.share_canvas(canvas_id=found.id, owner_id=people.anna.pk, for_company=False, for_staff=True)
    for cells in ({"assumption": "Van", "importance": "4"}, {"assumption": "Shop"}):
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place="channels", cells=cells)
    reader = page(client, people.coach)
    (_van, shop) = api.open_canvas(canvas_id=found.id, reader_id=people.anna.pk).cards
    sent = {f"card-{shop.id}-cell-importance": "4"}
    text = reader.post(url("canvas-result", found.id), sent, follow=True).content.decode()
    assert "Computed from 1 card" in text
    assert "1 card says too little to compute from, and is left out." in text

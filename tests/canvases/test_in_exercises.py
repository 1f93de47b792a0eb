"""The cards of a canvas as data of an exercise."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import UsageKey

from iciinsmes.canvases import api
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import DataSource, ExerciseSettings
from tests.people import SME1

from .conftest import JOURNEY, VALUE, add, canvas
from .test_pages import page

pytestmark = pytest.mark.django_db
BLOCK = UsageKey.from_string("block-v1:ICIinSMEs+SME1+2026+type@digital_tool+block@value")


@pytest.fixture
def browser(client, people):
    settings = ExerciseSettings(title="Value", instrument=VALUE)
    exercises.open_exercise(user_id=people.anna.pk, usage_key=BLOCK, course_key=SME1, settings=settings)
    return page(client, people.anna)


def take(browser, found):
    return browser.post(reverse("iciinsmes:exercise-canvas", args=[BLOCK]), {"canvas": str(found.id)})


def kept(people):
    return exercises.data_sets_of(owner_id=people.anna.pk, course_key=SME1, instrument=VALUE)


def test_cards_of_a_colleague_become_data_and_later_their_next_version(browser, people):
    found = canvas(people.jonas)
    add(found, people.jonas, "Waits")
    assert "Kitchens" in browser.get(reverse("iciinsmes:exercise", args=[BLOCK])).content.decode()
    assert "Go on with these data" in take(browser, found).content.decode()
    add(found, people.jonas, "Calls")
    take(browser, found)
    (data,) = kept(people)
    assert (data.source, data.version, data.row_count) == (DataSource.CANVAS, 2, 2)
    _data, table = exercises.read_data(data_set_id=data.id, reader_id=people.anna.pk)
    assert list(table.columns["text"]) == ["Waits", "Calls"]


def test_other_firms_other_instruments_and_empty_ones_are_not_taken(browser, people):
    theirs, other, empty = canvas(people.peer), canvas(people.anna, JOURNEY), canvas(people.anna)
    add(theirs, people.peer, "Secret")
    assert take(browser, theirs).status_code == 409
    assert take(browser, other).status_code == 409
    assert take(browser, empty).status_code == 422
    assert kept(people) == ()


@pytest.fixture
def mapping(client, people):
    """Anna before an exercise with a journey map, which computes from what each step is worth."""
    settings = ExerciseSettings(title="Our journey", instrument=JOURNEY)
    exercises.open_exercise(user_id=people.anna.pk, usage_key=BLOCK, course_key=SME1, settings=settings)
    return page(client, people.anna)


def test_an_exercise_with_a_canvas_begins_with_it(mapping, people):
    text = mapping.get(reverse("iciinsmes:exercise", args=[BLOCK])).content.decode()
    assert text.index("Begin the canvas") < text.index("Or bring a table") < text.index('type="file"')
    made = mapping.post(reverse("iciinsmes:exercise-canvas-new", args=[BLOCK]), {"firm": "1"})
    address = json.loads(made["HX-Trigger"])["ici-go"]["address"]
    opened = mapping.get(address).content.decode()
    assert "Our journey" in opened
    assert str(BLOCK) in opened[: opened.index("Back to the exercise")]
    (known,) = api.canvases_of(user_id=people.jonas.pk, course_key=SME1)
    assert (known.title, known.instrument) == ("Our journey", JOURNEY)


def test_a_canvas_leads_back_to_exercises_of_its_course_only(mapping, people):
    address = reverse("iciinsmes:canvas", args=[canvas(people.anna, JOURNEY).id])
    for key in ("https://example.org/", str(BLOCK).replace("SME1", "SME2"), ""):
        assert "Back to the exercise" not in mapping.get(address, {"exercise": key}).content.decode()


def test_what_cards_lack_is_asked_for_card_by_card_when_they_are_taken(mapping, people):
    found = canvas(people.anna, JOURNEY)
    for step in ("Calls us", "Gets an offer"):
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place="", cells={"step": step})
    asked = take(mapping, found)
    assert asked.status_code == 422
    text = asked.content.decode()
    first, second = (each.id for each in api.open_canvas(canvas_id=found.id, reader_id=people.anna.pk).cards)
    assert text.index("Calls us") < text.index(f'name="card-{first}-cell-importance"') < text.index("Gets an offer")
    whole = {"satisfaction": "2", "importance": "5", "frequency": "4"}
    sent = {"canvas": str(found.id), "asked": str(found.id)}
    sent |= {f"card-{first}-cell-{key}": value for key, value in whole.items()}
    sent |= {f"card-{second}-cell-{key}": value for key, value in {**whole, "importance": "9"}.items()}
    again = mapping.post(reverse("iciinsmes:exercise-canvas", args=[BLOCK]), sent)
    assert again.status_code == 422
    text = again.content.decode()
    assert "9 is above 5" in text
    assert 'value="9"' in text
    assert "Calls us" not in text, "what is right is written"
    sent[f"card-{second}-cell-importance"] = "3"
    assert (
        "Go on with these data"
        in mapping.post(reverse("iciinsmes:exercise-canvas", args=[BLOCK]), sent).content.decode()
    )
    (data,) = exercises.data_sets_of(owner_id=people.anna.pk, course_key=SME1, instrument=JOURNEY)
    _data, table = exercises.read_data(data_set_id=data.id, reader_id=people.anna.pk)
    assert table.columns["importance"] == (5, 3)

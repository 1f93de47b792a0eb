"""The cards of a canvas as data of an exercise."""

from __future__ import annotations

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import UsageKey

from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import ExerciseSettings, Source
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
    assert (data.source, data.version, data.row_count) == (Source.CANVAS, 2, 2)
    _data, table = exercises.read_data(data_set_id=data.id, reader_id=people.anna.pk)
    assert list(table.columns["text"]) == ["Waits", "Calls"]


def test_other_firms_other_instruments_and_empty_ones_are_not_taken(browser, people):
    theirs, other, empty = canvas(people.peer), canvas(people.anna, JOURNEY), canvas(people.anna)
    add(theirs, people.peer, "Secret")
    assert take(browser, theirs).status_code == 409
    assert take(browser, other).status_code == 409
    assert take(browser, empty).status_code == 422
    assert kept(people) == ()

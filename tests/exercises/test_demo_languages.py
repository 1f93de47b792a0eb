"""An exercise begins with the demo of the language that is read then, and an attempt keeps it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from iciinsmes.exercises import api
from iciinsmes.exercises.data import ExerciseStep
from iciinsmes.toolbox.data import result_to_json
from tests.exercises.conftest import BLOCK, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, learner):
    opened(learner, instrument="complaint-pareto", own_data=False, attempts=0)
    client.force_login(learner)
    return client


def begin(page, code):
    address = reverse("iciinsmes:exercise-begin", args=[BLOCK])
    response = page.post(address, {"demo": "1"}, headers={"accept-language": code})
    assert response.status_code == 200


def attempts(learner):
    return api.exercise_of(user_id=learner.pk, usage_key=BLOCK).attempts


def causes(attempt):
    table = next(entry for entry in attempt.result.result.tables if entry.key == "causes")
    return [str(name) for name in table.column("cause")]


def test_the_language_of_the_reader_is_the_one_of_the_rows(page, learner):
    begin(page, "de")
    assert causes(attempts(learner)[0])[0] == "verspätete Lieferung"


def test_an_attempt_keeps_its_words_when_the_language_changes(page, learner):
    begin(page, "de")
    before = attempts(learner)[0]
    with translation.override("en"):
        for step in (ExerciseStep.ESTIMATE, ExerciseStep.INTERPRETATION):
            api.answer(user_id=learner.pk, attempt_id=before.id, step=step, given=before.answers)
    after = attempts(learner)[0]
    assert result_to_json(after.result.result) == result_to_json(before.result.result)
    shown = page.post(
        reverse("iciinsmes:exercise-answer", args=[BLOCK, before.id]),
        {"step": "decision", "decision": "0"},
        headers={"accept-language": "en"},
    ).content.decode()
    assert "verspätete Lieferung" in shown
    assert "late delivery" not in shown


def test_a_new_attempt_takes_the_language_of_its_day(page, learner):
    begin(page, "de")
    old = attempts(learner)[0]
    for step in (ExerciseStep.ESTIMATE, ExerciseStep.INTERPRETATION, ExerciseStep.DECISION):
        api.answer(user_id=learner.pk, attempt_id=old.id, step=step, given=old.answers)
    begin(page, "en")
    first, second = attempts(learner)
    assert causes(first)[0] == "verspätete Lieferung"
    assert causes(second)[0] == "late delivery"
    assert first.result.result.figures == second.result.result.figures


def test_the_texts_come_with_the_dictionary_of_their_language(client, learner):
    opened(learner, instrument="review-mining")
    client.force_login(learner)
    begin(client, "de")
    attempt = attempts(learner)[0]
    assert attempt.result.result.verdict.text.parameters["theme"] == "Warten"


def test_english_words_are_said_where_there_are_no_others(client, learner):
    opened(learner, instrument="review-mining")
    client.force_login(learner)
    address = reverse("iciinsmes:exercise-begin", args=[BLOCK])
    said = {}
    for code in ("en", "de", "hu"):
        response = client.post(address, {}, headers={"accept-language": code})
        said[code] = response.context["chooser"]["demo_is_foreign"]
    assert said == {"en": False, "de": False, "hu": True}

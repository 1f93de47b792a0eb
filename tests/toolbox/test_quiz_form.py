"""Answers of a form: understood as the reader's country writes them, wrong ones told at their place, none lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import Language
from iciinsmes.toolbox.option_form import option_form
from iciinsmes.toolbox.quiz_form import MAX_CHARS, QuizAnswers, missing, read_answers
from iciinsmes.toolbox.quiz_view import ask_after, ask_before
from tests.toolbox.pages import demo_result, every_instrument, form, language_of

GERMAN, ENGLISH = language_of("de"), language_of("en")
NPS = api.find_instrument(name="T02")
KANO = api.find_instrument(name="T12")


@pytest.fixture
def result():
    return demo_result(NPS)


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("36,25", GERMAN, 36.25),
        ("36.25", GERMAN, 36.25),
        ("36.25", ENGLISH, 36.25),
        ("36,25", ENGLISH, 36.25),
        ("1,234", GERMAN, 1.234),
        ("1,234", ENGLISH, 1234),
        (" −5 % ", ENGLISH, -5),  # noqa: RUF001 - the sign that the pages write
        ("36 points", ENGLISH, None),
        ("inf", ENGLISH, None),
    ],
)
def test_numbers_are_read_as_the_country_writes_them(result, typed, language, value):
    answers = read_answers(result, form(estimate_nps=typed), language)
    assert answers.estimates.get("nps") == value
    assert ("estimate-nps" in answers.errors) == (value is None)
    assert answers.typed["estimate-nps"] == typed.strip()


def test_what_was_not_asked_is_not_answered(result):
    assert read_answers(result, form(), ENGLISH) == QuizAnswers()


def test_none_of_several_is_an_answer_but_no_radio_is_not(result):
    answers = read_answers(result, form(question_classify=[""], question_changed=[]), ENGLISH)
    assert answers.chosen == {"classify": frozenset()}


def test_indexes_of_the_browser_are_not_trusted(result):
    sent = form(question_classify=["", "0", "99", "-1", "x"], question_changed="7", decision_choice="0")
    answers = read_answers(result, sent, ENGLISH)
    assert answers.chosen == {"classify": frozenset({0})}
    assert answers.choice is None, "nothing to choose from: the decision is in words"
    assert read_answers(result, form(question_changed=["0", "1"]), ENGLISH).chosen == {}


def test_what_is_missing_is_told_for_each_part(result):
    assert set(missing(result, QuizAnswers(), before=True)) == {"estimate-nps"}
    assert set(missing(result, QuizAnswers(), before=False)) == {"question-changed"}
    wrong = read_answers(result, form(estimate_nps="many"), ENGLISH)
    assert missing(result, wrong, before=True) == wrong.errors
    full = read_answers(result, form(estimate_nps="36", question_changed="2"), ENGLISH)
    assert missing(result, full, before=True) == missing(result, full, before=False) == {}


def test_words_that_are_too_long_are_told_and_kept(result):
    words = "a" * (MAX_CHARS + 1)
    answers = read_answers(result, form(decision_words=words), ENGLISH)
    assert set(answers.errors) == {"decision-words"}
    assert ask_after(result, ENGLISH, answers, answers.errors, with_feedback=False).decision.words == words


def test_a_right_estimate_is_praised_and_a_known_slip_named(result):
    def feedback(typed):
        answers = read_answers(result, form(estimate_nps=typed), GERMAN)
        return ask_before(result, ENGLISH, answers, {}, with_feedback=True).estimates[0].feedback

    assert feedback("36,25").right
    assert feedback("36,25").texts == ("Right.",)
    # Nineteen eights counted as promoters: 59 of 80 less 11.
    assert not feedback("60").right
    assert "You counted the eights as promoters. Only nine and ten count." in feedback("60").texts


def test_nothing_is_judged_before_it_was_answered(result):
    before = ask_before(result, ENGLISH, QuizAnswers(), {}, with_feedback=True)
    after = ask_after(result, ENGLISH, QuizAnswers(), {}, with_feedback=True)
    parts: list[Any] = [*before.estimates, *before.questions, *after.questions, after.decision]
    assert [part.feedback for part in parts] == [None] * 4


def test_the_feedback_of_an_answer_says_whether_it_is_right(result):
    def texts(index):
        answers = read_answers(result, form(question_changed=str(index)), ENGLISH)
        return ask_after(result, ENGLISH, answers, {}, with_feedback=True).questions[0].feedback.texts

    assert texts(2) == ("Right.", "The difference lies within what chance explains.")
    assert texts(0) == ("The difference lies within what chance explains.",)


def test_a_ranking_is_not_given_away_by_its_order():
    result = demo_result(KANO)
    decision = ask_after(result, ENGLISH, QuizAnswers(), {}, with_feedback=False).decision
    assert [choice.text for choice in decision.choices] == sorted(map(str, result.decision.ranking), key=str.casefold)
    chosen = read_answers(result, form(decision_choice="0"), ENGLISH)
    parts = ask_after(result, ENGLISH, chosen, {}, with_feedback=True).decision
    assert [choice.text for choice in parts.choices if choice.is_chosen] == [result.decision.ranking[0]]
    assert parts.feedback.right


def test_a_choice_far_down_the_ranking_needs_a_reason():
    result = demo_result(KANO)
    last = str(len(result.decision.ranking) - 1)

    def feedback(**more):
        answers = read_answers(result, form(decision_choice=last, **more), ENGLISH)
        return ask_after(result, ENGLISH, answers, {}, with_feedback=True).decision.feedback

    assert not feedback().right
    assert feedback(decision_reason="It costs nothing, so we begin there.").right


@every_instrument
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_no_form_breaks_it(instrument, data):
    result = demo_result(instrument)
    names = [f"estimate-{entry.key}" for entry in result.estimates]
    names += [f"question-{entry.key}" for entry in result.questions]
    names += ["decision-choice", "decision-words", "decision-reason"]
    value = st.text(max_size=20) | st.integers(-2, 9).map(str)
    sent = form()
    for name in names:
        sent.setlist(name, data.draw(st.lists(value, max_size=3)))
    answers = read_answers(result, sent, GERMAN)
    assert set(answers.estimates) <= {entry.key for entry in result.estimates}
    for question in result.questions:
        assert answers.chosen.get(question.key, frozenset()) <= set(range(len(question.answers)))
    ask_before(result, GERMAN, answers, answers.errors, with_feedback=True)
    ask_after(result, GERMAN, answers, answers.errors, with_feedback=True)


@every_instrument
def test_a_perfect_learner_is_right_everywhere(instrument):
    result = demo_result(instrument)
    sent = form(decision_words="We call them all this week.", decision_choice="0")
    for estimate in result.estimates:
        sent[f"estimate-{estimate.key}"] = GERMAN.number(estimate.answer)
    for question in result.questions:
        right = [str(index) for index, answer in enumerate(question.answers) if answer.right]
        sent.setlist(f"question-{question.key}", ["", *right] if question.several else right)
    answers = read_answers(result, sent, GERMAN)
    before = ask_before(result, GERMAN, answers, answers.errors, with_feedback=True)
    after = ask_after(result, GERMAN, answers, answers.errors, with_feedback=True)
    assert answers.errors == {}
    parts: list[Any] = [*before.estimates, *before.questions, *after.questions]
    assert all(part.feedback.right for part in parts)
    assert after.decision is None or after.decision.feedback.right


@every_instrument
@pytest.mark.parametrize("language", [GERMAN, ENGLISH], ids=["de", "en"])
def test_options_that_nobody_touched_are_read_back_as_they_were(instrument, language):
    start = dict(instrument.demo.options)
    shown = option_form(instrument, form(), start, language)
    sent = form()
    for field in shown.fields:
        chosen = [value for value, _title, is_chosen in field.choices if is_chosen]
        sent[field.name] = chosen[0] if field.kind == "choice" else field.value
    again = option_form(instrument, sent, {}, language)
    assert again.is_valid
    assert again.values == shown.values


def test_a_wrong_option_is_told_at_its_field_and_kept():
    with translation.override("de"):
        found = option_form(NPS, form(option_earlier="101", option_wave_from="2026-09-01"), {}, Language(point=","))
    wrong = {field.name: field for field in found.fields}
    assert not found.is_valid
    assert wrong["option-earlier"].error
    assert wrong["option-earlier"].value == "101"
    assert not wrong["option-wave_from"].error
    assert wrong["option-wave_from"].value == "2026-09-01"


def test_an_option_left_empty_takes_its_default():
    found = option_form(api.find_instrument(name="T13"), form(option_window=""), {"window": 3}, ENGLISH)
    assert found.values["window"] == 12

"""The parts that instruments are made of, where no instrument shows them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from iciinsmes.toolbox.instruments.framework import (
    ENGLISH,
    Answer,
    Decision,
    Estimate,
    Language,
    NotInResult,
    Question,
    Table,
    Unit,
    WrongOption,
    check_decision,
    check_estimate,
    check_question,
    grouped,
    msg,
    result_from_json,
    run,
    settings,
    show,
    show_value,
)
from iciinsmes.toolbox.instruments.net_promoter_score import INSTRUMENT as NPS


def test_texts_are_translated_and_filled_in():
    text = msg("%(n)s of %(all)s", n=2.5, all=msg("100 %%"))
    assert show(text) == "2.5 of 100 %"
    german = Language(lambda message: {"%(n)s of %(all)s": "%(n)s von %(all)s"}.get(message, message), ",")
    assert show(text, german) == "2,5 von 100 %"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "wanted"),
    [
        (27.46, Unit.POINTS, 1, "27.5"),
        (27.0, Unit.PERCENT, 0, "27\u00a0%"),
        (-0.04, Unit.NONE, 1, "0.0"),
        (-3.0, Unit.NONE, 1, "\u22123.0"),
        (12, Unit.NONE, 1, "12"),
        (1234567, Unit.MONEY, 0, "1234567"),
        (None, Unit.NONE, 1, "\u2013"),
        (True, Unit.NONE, 1, "yes"),
        (False, Unit.NONE, 1, "no"),
        ("late", Unit.NONE, 1, "late"),
        (msg("Others"), Unit.NONE, 1, "Others"),
    ],
)
def test_cells_are_shown(value, unit, decimals, wanted):
    assert show_value(value, unit, decimals, ENGLISH) == wanted


def test_an_empty_table_is_too_little_data():
    result = run(NPS, Table({}, 0))
    assert (result.n, result.verdict.key, result.figures) == (0, "too-little-data", ())


def test_options_have_defaults():
    assert settings(NPS, {}).maybe_number("earlier") is None
    assert settings(NPS, {"earlier": 5}).maybe_number("earlier") == 5
    assert settings(NPS, {"wave_from": date(2026, 1, 1)}).maybe_date("wave_from") == date(2026, 1, 1)


@pytest.mark.parametrize("options", [{"x": 1}, {"earlier": 101}, {"earlier": "5"}, {"earlier": True}, {"wave_from": 5}])
def test_options_that_do_not_fit_are_refused(options):
    with pytest.raises(WrongOption):
        settings(NPS, options)


def test_estimates_are_right_within_their_tolerance():
    estimate = Estimate("e", msg("?"), answer=10, tolerance=1)
    assert check_estimate(estimate, 11).right
    assert show(check_estimate(estimate, 12).texts[0]) == "2 too high."
    assert show(check_estimate(estimate, 8.5).texts[0]) == "1.5 too low."


def test_questions_with_several_answers_need_them_all():
    question = Question(
        "q", msg("?"), (Answer("a", True), Answer("b", True), Answer("c", False, msg("Not c."))), several=True
    )
    assert check_question(question, {0, 1}).right
    assert not check_question(question, {0}).right
    assert [show(text) for text in check_question(question, {0, 2}).texts] == ["Not c."]


def test_a_decision_fits_the_ranking_or_has_a_reason():
    ranked = Decision(msg("?"), ("a", "b", "c"), consistent=1)
    assert check_decision(ranked, chosen=0).right
    assert not check_decision(ranked, chosen=2, reason="because").right
    assert check_decision(ranked, chosen=2, reason="Two customers left because of it.").right
    assert not check_decision(ranked, chosen=None).right
    assert not check_decision(ranked, chosen=3).right
    free = Decision(msg("?"))
    assert check_decision(free, words="Call every customer back within a day.").right
    assert not check_decision(free, words="  ok  ").right


def test_results_of_another_format_are_refused():
    with pytest.raises(ValueError, match="format"):
        result_from_json({"format": 99})


def test_optional_columns_read_as_empty():
    table = Table.of(["score"], [(9,), (10,)])
    assert (len(table), table.texts("comment"), table.maybe_numbers("x")) == (2, ["", ""], (None, None))
    assert not table.has("comment")
    assert table.has("score")


def test_spellings_of_a_word_are_one_group():
    assert grouped(["Late", "late ", "Late", "wrong"]) == {"Late": [0, 1, 2], "wrong": [3]}


@pytest.mark.parametrize("message", ["Where 40 % say so", "40 % of", "100 %", "%(n)d of 10", "%s"])
def test_a_percent_sign_that_stands_alone_is_refused_by_name(message):
    with pytest.raises(ValueError, match=re.escape(repr(message))):
        msg(message, n=1)


def test_what_a_result_does_not_have_is_named_with_what_it_has():
    result = run(NPS, Table.of(["score"], [(9,)] * 30))
    with pytest.raises(NotInResult, match="no table “group”, only groups, scores"):
        result.table("group")
    with pytest.raises(NotInResult, match="no figure “mean”, only nps"):
        result.figure("mean")
    with pytest.raises(NotInResult, match="no column of the table “scores” “worth”, only "):
        result.table("scores").column("worth")

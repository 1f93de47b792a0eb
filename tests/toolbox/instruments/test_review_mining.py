from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.framework import Level, check_estimate, check_question, check_valid, show
from iciinsmes.toolbox.instruments.review_mining import INSTRUMENT
from iciinsmes.toolbox.table_import.rows.options import read_option
from tests.toolbox.rows import compute

DICTIONARY = "bread: bread, roll*; waiting: queue, wait*"


def result(rows, keys="text stars", dictionary=DICTIONARY):
    return compute(INSTRUMENT, keys, rows, dictionary=dictionary)


def question(found, key):
    return next(entry for entry in found.questions if entry.key == key)


#: Bread pleases, waiting does not.
SIXTY = [("Good bread", 5)] * 30 + [("Fresh rolls", 4)] * 10 + [("Waited in the queue", 2)] * 12 + [("Well", 4)] * 8


def coded(same, different):
    """Sixty texts, of which some are coded by hand as the dictionary does, and some as the other theme."""
    texts = ["bread", "queue"] * 30
    right, wrong = ["bread", "waiting"] * 30, ["waiting", "bread"] * 30
    hand = right[:same] + wrong[same : same + different] + [None] * (60 - same - different)
    return [(text, 4, code) for text, code in zip(texts, hand, strict=True)]


def test_themes_are_counted_with_their_stars():
    table = result(SIXTY).table("themes")
    assert table.column("theme") == ["bread", "waiting"]
    assert table.column("texts") == [40, 12]
    assert table.column("share") == pytest.approx([200 / 3, 20])
    assert table.column("stars") == pytest.approx([4.75, 2.0])
    assert table.column("weak") == [False, True]
    assert result(SIXTY).figure("covered").value == pytest.approx(100 * 52 / 60)
    assert result(SIXTY).table("uncovered").rows == (("well", 8),)


def test_a_theme_with_fewer_than_five_stars_has_no_mean():
    rows = [("bread", 5)] * 50 + [("queue", 1)] * 4
    assert result(rows).table("themes").column("stars") == [5.0, None]
    assert result([*rows, ("queue", 1)]).table("themes").column("stars") == [5.0, 1.0]


def test_words_of_bad_and_good_texts():
    words = result(SIXTY).table("words")
    assert dict(zip(words.column("word"), map(show, words.column("typical")), strict=True))["queue"] == "bad texts"
    assert words.column("z") == sorted(words.column("z"), reverse=True)
    typical = question(result(SIXTY), "typical")
    assert {answer.text for answer in typical.answers if answer.right} <= {"waited", "in", "the", "queue"}
    assert not result([("bread", 5)] * 50).table("words").rows


@pytest.mark.parametrize(
    ("rows", "keys", "dictionary", "key", "level"),
    [
        (SIXTY, "text stars", "", "no-themes", Level.NEUTRAL),
        (SIXTY, "text stars", DICTIONARY, "weak-theme", Level.ATTENTION),
        ([("bread", 4), ("queue", 4)] * 25, "text stars", DICTIONARY, "no-weak-theme", Level.GOOD),
        ([("bread",)] * 25 + [("well",)] * 25, "text", DICTIONARY, "themes", Level.NEUTRAL),
        ([("bread",)] * 25 + [("well",)] * 26, "text", DICTIONARY, "few-covered", Level.NEUTRAL),
        ([("bread",)] * 49, "text", DICTIONARY, "too-little-data", Level.TOO_LITTLE_DATA),
        (coded(24, 6), "text stars hand", DICTIONARY, "no-weak-theme", Level.GOOD),  # kappa 0.6
        (coded(23, 7), "text stars hand", DICTIONARY, "codes-differ", Level.ATTENTION),
    ],
)
def test_the_verdict(rows, keys, dictionary, key, level):
    verdict = result(rows, keys, dictionary).verdict
    assert (verdict.key, verdict.level) == (key, level)


def test_the_check_by_hand():
    found = result(coded(24, 6), "text stars hand")
    assert (found.figure("kappa").value, found.figure("kappa").n) == (pytest.approx(0.6), 30)
    assert check_valid(found).right
    few = result(coded(23, 6), "text stars hand")
    assert [condition.met for condition in few.conditions] == [True, False]
    assert "Coded so far: 29." in show(check_valid(few).texts[0])


def test_codes_by_hand_may_be_several_none_or_unknown():
    rows = [("Bread, but a queue", "Waiting,  BREAD"), ("Well", "none"), ("queue", "waiting; parking")] * 10
    found = result(rows, "text hand")
    assert found.figure("kappa").value == 1
    assert [show(note) for note in found.notes if "by hand" in note.message] == [
        "Codes by hand that your dictionary does not have, counted as no theme: parking."
    ]


def test_fewer_than_ten_codes_give_no_kappa():
    assert [figure.key for figure in result(coded(9, 0), "text stars hand").figures] == ["texts", "covered", "stars"]


@pytest.mark.parametrize(
    ("given_number", "slip"), [(0.8, "That is the agreement with chance"), (0.3, "Now divide by what is left")]
)
def test_slips_of_kappa_are_named(given_number, slip):
    (estimate,) = result(coded(24, 6), "text stars hand").estimates
    assert check_estimate(estimate, 0.6).right
    assert show(check_estimate(estimate, given_number).texts[1]).startswith(slip)
    assert show(check_estimate(estimate, 0.65).texts[0]) == "0.05 too high."


def test_what_is_no_dictionary_is_said():
    found = result(SIXTY, dictionary="bread; waiting: queue")
    assert "“bread” in your dictionary is no theme." in show(check_valid(found).texts[0])
    assert found.table("themes").column("theme") == ["waiting"]
    assert "Write your dictionary like this" in show(check_valid(result(SIXTY, dictionary="")).texts[0])


def test_a_dictionary_of_many_lines_is_typed_as_an_option():
    typed = "\n".join(f"theme {letter}: {letter}word*, {letter} b" for letter in "abcdefghijklmnopqrstuvwxyz" * 4)
    assert read_option(INSTRUMENT, "dictionary", typed) == typed
    assert len(result([("awords",)], "text", typed).table("themes").rows) == 26


def test_the_theme_with_the_fewest_stars_is_asked_for():
    fewest = question(result(SIXTY), "fewest_stars")
    assert check_question(fewest, {[answer.text for answer in fewest.answers].index("waiting")}).right
    equal = question(result([("bread", 4), ("queue", 4)] * 25), "fewest_stars")
    assert equal.several
    assert check_question(equal, {0, 1}).right


def test_missing_stars_and_several_languages_are_noted():
    found = result([("bread", None, "en"), ("bread", 4, "PL"), ("bread", 4, "pl")], "text stars lang")
    assert [show(note) for note in found.notes] == [
        "Texts without stars, counted for their themes only: 1.",
        "Your texts are in 2 languages: your dictionary needs the words of each.",
    ]


TEXT = st.lists(st.sampled_from(["bread", "rolls", "roll", "breads", "queue", "waited", "await", "and"]), max_size=5)


@given(st.lists(st.tuples(TEXT, st.none() | st.integers(1, 5)), min_size=1, max_size=60))
def test_themes_by_regular_expressions_and_scipy(texts):
    """Another way to find words, and the intervals and errors of scipy."""
    rows = [(" ".join(words), stars) for words, stars in texts]
    table = result(rows).table("themes")
    for name, form in (("bread", r"\bbread\b|\broll"), ("waiting", r"\bqueue\b|\bwait")):
        hits = [re.search(form, text) is not None for text, _stars in rows]
        row = dict(
            zip([heading.key for heading in table.headings], table.rows[table.column("theme").index(name)], strict=True)
        )
        low, high = stats.binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
        assert row["texts"] == sum(hits)
        assert (row["low"], row["high"]) == (pytest.approx(100 * low, abs=0.01), pytest.approx(100 * high, abs=0.01))
        own = [stars for hit, (_text, stars) in zip(hits, rows, strict=True) if hit and stars]
        others = [stars for hit, (_text, stars) in zip(hits, rows, strict=True) if not hit and stars]
        if min(len(own), len(others)) >= 5 and min(len(set(own)), len(set(others))) > 2:
            welch = stats.ttest_ind(own, others, equal_var=False)
            p = 2 * stats.t.sf(abs(welch.statistic), math.floor(welch.df))
            # Up to three themes are compared: beyond the chance of all of them, or not even of one.
            if welch.statistic > 0 or p > 0.05 + 1e-6:
                assert not row["weak"]
            elif 3 * p < 0.05 - 1e-6:
                assert row["weak"]


def reviews(*themes):
    """Texts with one word of a theme each, and their stars: ``("bread", "5544")``."""
    rows = [(f"{word} was fine", int(star)) for word, stars in themes for star in stars]
    dictionary = "; ".join(f"{word}: {word}" for word, _stars in themes)
    return compute(INSTRUMENT, "text stars", rows, dictionary=dictionary)


def test_the_most_frequent_themes_are_not_called_most_texts():
    found = reviews(("bread", "5454" * 5), ("staff", "4545" * 5), ("price", "5454" * 4))
    assert show(found.verdict.text) == (
        "No theme has clearly fewer stars than the others. The most frequent: “bread” and “staff”."
    )
    assert found.verdict.level is Level.GOOD


def test_a_theme_with_few_stars_is_not_called_as_good_as_the_others():
    found = reviews(("bread", "5454" * 6), ("staff", "4554" * 6), ("price", "11"))
    assert (found.verdict.key, found.verdict.level) == ("no-weak-theme", Level.NEUTRAL)


def test_one_of_many_themes_may_have_fewer_stars_by_chance():
    weak, others = "4443444344", "4545345445"
    two = reviews(("price", weak), ("bread", others * 3))
    assert two.table("themes").column("weak") == [False, True]
    many = reviews(("price", weak), *((f"theme{number}x", others) for number in range(12)))
    assert True not in many.table("themes").column("weak")

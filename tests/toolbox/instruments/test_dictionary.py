from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.methods.reviews.dictionary import read_dictionary, words_of


def themes(dictionary, text):
    read = read_dictionary(dictionary)
    return [read.names[place] for place in read.found_in(words_of(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It came LATE.", ["delivery"]),
        ("the latest model", []),
        ("We waited", ["delivery"]),
        ("always sold out!", ["stock"]),
        ("sold - out", ["stock"]),
        ("sold me out", []),
        ("too expensive and late", ["delivery", "price"]),
        ("", []),
    ],
)
def test_words_count_as_a_whole_and_with_a_star_by_their_beginning(text, found):
    assert themes("delivery: late, wait*; price: expens*; stock: sold out", text) == found


def test_lines_divide_themes_as_well_and_a_theme_may_come_twice():
    read = read_dictionary("Delivery: late\nprice: dear\r\ndelivery : slow;;")
    assert (read.names, read.unread) == (["Delivery", "price"], ())
    assert read.found_in(["slow"]) == [0]


def test_what_is_no_theme_is_named():
    assert read_dictionary("late, slow; : dear; price: ; ok: fine").unread == ("late, slow", ": dear", "price:")
    assert read_dictionary("").themes == ()


def test_letters_with_signs_may_be_written_in_two_ways():
    assert themes(unicodedata.normalize("NFD", "čas: żółty*, kávé"), unicodedata.normalize("NFC", "KÁVÉ")) == [
        unicodedata.normalize("NFD", "čas")
    ]


@given(st.text(max_size=60), st.lists(st.sampled_from(["late", "later", "sold", "out", "Wait"]), max_size=6))
def test_any_text_is_read_and_whole_words_are_found_like_in_a_set(written, words):
    read_dictionary(written)
    text = ", ".join(words)
    assert bool(themes("a: late", text)) == ("late" in words)
    assert bool(themes("a: lat*", text)) == any(word.startswith("lat") for word in words)


def test_ss_and_sharp_s_are_the_same_letter_and_stay_as_they_were_written():
    assert words_of("Straße, STRASSE") == ["straße", "strasse"]
    for entry in ("Weg: Straße", "Weg: strasse", "Weg: STRAß*"):
        for text in ("Die Straße", "DIE STRASSE", "die strasse"):
            assert read_dictionary(entry).found_in(words_of(text)) == [0]

"""Texts compared word by word."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iciinsmes.desk.differences import LIMIT, ChangeKind, Piece, differences

SAME, ADDED, REMOVED = ChangeKind.SAME, ChangeKind.ADDED, ChangeKind.REMOVED
texts = st.text(alphabet="ab \n", max_size=80) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("one two", "one two", [(SAME, "one two")]),
        ("", "one", [(ADDED, "one")]),
        ("one", "", [(REMOVED, "one")]),
        ("We ask. ", "We ask. From Monday on.", [(SAME, "We ask. "), (ADDED, "From Monday on.")]),
        ("eight channels", "nine channels", [(REMOVED, "eight "), (ADDED, "nine "), (SAME, "channels")]),
        ("one  two", "one two", [(SAME, "one two")]),
    ],
)
def test_examples(old, new, pieces):
    assert differences(old, new) == tuple(Piece(kind, text) for kind, text in pieces)


def test_chance_words_between_two_changes_belong_to_the_change():
    pieces = differences("He wrote the letter quickly today.", "She counts the notes daily now.")
    assert [piece.kind for piece in pieces] == [REMOVED, ADDED]


@given(texts, texts)
def test_what_is_not_removed_is_the_new_text(old, new):
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not REMOVED) == new
    assert all(piece.text for piece in pieces)


@example("a a", "a")
@given(texts, texts)
def test_what_is_not_added_is_the_old_text_but_for_spaces(old, new):
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not ADDED).split() == old.split()


@given(texts)
def test_equal_texts_have_no_changes(text):
    assert all(piece.kind is SAME for piece in differences(text, text))


@pytest.mark.parametrize("vocabulary", [2, 20, 150, 100_000])
def test_long_texts_do_not_hold_the_page_up(vocabulary):
    numbers = random.Random(1)
    old, new = (" ".join(str(numbers.randrange(vocabulary)) for _word in range(LIMIT * 4)) for _text in range(2))
    started = time.perf_counter()
    pieces = differences(old, new)
    assert time.perf_counter() - started < 1
    assert "".join(piece.text for piece in pieces if piece.kind is not REMOVED) == new


def test_a_long_text_with_few_changed_lines_is_compared_by_line():
    lines = [f"line {number} of a long report about channels\n" for number in range(1500)]
    new = "".join(["A new beginning.\n", *lines, "A new end.\n"])
    old = "".join(["An old start.\n", *lines, "An old finish.\n"])
    kinds = [piece.kind for piece in differences(old, new)]
    assert kinds == [REMOVED, ADDED, SAME, REMOVED, ADDED]

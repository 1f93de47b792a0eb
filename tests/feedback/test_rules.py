"""Where a comment stands: passages found again, and texts cut where passages begin or end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.feedback.rules import found_at, plain, stretches

TEXTS = st.text(alphabet="ab \n\U0001f600ß", max_size=40)


@given(before=TEXTS, quote=TEXTS.filter(bool), after=TEXTS)
def test_a_passage_is_found_where_the_page_says_it_stands(before, quote, after):
    assert found_at(before + quote + after, quote, len(before)) == len(before)


@given(before=TEXTS, quote=TEXTS.filter(bool), after=TEXTS, near=st.none() | st.integers(0, 99))
def test_a_passage_that_stands_there_is_found_whatever_the_page_says(before, quote, after, near):
    text = before + quote + after
    at = found_at(text, quote, near)
    assert at is not None
    assert text[at : at + len(quote)] == quote


def test_of_several_places_it_is_the_nearest_one():
    assert found_at("one two one", "one", 7) == 8
    assert found_at("one two one", "one", None) == 0
    assert found_at("one two one", "three", 3) is None


def test_line_ends_count_as_one_character():
    assert plain("a\r\nb\rc\nd") == "a\nb\nc\nd"


@given(
    length=st.integers(0, 30),
    passages=st.lists(st.tuples(st.integers(-5, 35), st.integers(-5, 35), st.integers(1, 9)), max_size=6),
)
def test_stretches_cover_the_text_once_and_know_their_passages(length, passages):
    found = stretches(length, passages)
    assert [at for first, last, _numbers in found for at in range(first, last)] == list(range(length))
    for first, last, numbers in found:
        for at in range(first, last):
            inside = [number for begin, end, number in passages if begin <= at < end]
            assert sorted(numbers) == sorted(inside)

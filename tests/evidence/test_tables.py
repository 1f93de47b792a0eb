"""Tables as people copy them out of spreadsheets of many countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.evidence.errors import ItemRefused
from iciinsmes.evidence.tables import MAX_COLUMNS, MAX_ROWS, rows_in, text_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("channel\tper month\nphone\t60", [["channel", "per month"], ["phone", "60"]]),
        ("a\tb\r\n1,5\t2;3\r\n", [["a", "b"], ["1,5", "2;3"]]),
        ("kanał;liczba\ntelefon;4,5", [["kanał", "liczba"], ["telefon", "4,5"]]),
        ("phone,60\ncounter,90", [["phone", "60"], ["counter", "90"]]),
        ("1,5\n2,75", [["1,5"], ["2,75"]]),
        ("one\ntwo", [["one"], ["two"]]),
        ('a\t"two\nlines"\t"a ""word"""', [["a", "two lines", 'a "word"']]),
        ('"a;b",c', [["a;b", "c"]]),
        ('5" pipe\t6" pipe', [['5" pipe', '6" pipe']]),
        ("a\tb\t\n\n\t\t\nc", [["a", "b"], ["c", ""]]),
        ("a\x00b\tc", [["ab", "c"]]),
        ("<b>x</b>\t=1+1", [["<b>x</b>", "=1+1"]]),
    ],
)
def test_what_is_pasted_becomes_rows(text, rows):
    assert rows_in(text) == rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste"),
        (" \t \n", "Paste"),
        ("a\n" * (MAX_ROWS + 1), "501 rows and 1 columns"),
        ("\t".join("a" * (MAX_COLUMNS + 1)), "1 rows and 31 columns"),
        ("x" * 200_001, "200 kB"),
        ("x" * 150_000, "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_at_its_field(text, words):
    with pytest.raises(ItemRefused) as refused:
        rows_in(text)
    assert words in refused.value.problems["text"]


def test_exactly_the_limit():
    rows = rows_in("\n".join(["\t".join("a" * MAX_COLUMNS)] * MAX_ROWS))
    assert (len(rows), len(rows[0])) == (MAX_ROWS, MAX_COLUMNS)


@given(st.text(st.sampled_from('ab1,;\t\n" \r'), max_size=60) | st.text(max_size=60))
def test_whatever_was_read_can_be_changed_again_without_loss(text):
    try:
        rows = rows_in(text)
    except ItemRefused:
        return
    assert len({len(row) for row in rows}) == 1
    assert rows_in(text_of(rows)) == rows

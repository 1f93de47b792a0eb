"""Numbers as people type them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.lib.decimals import percent, retyped, typed_number, written
from iciinsmes.lib.typed_numbers import read_number


@pytest.mark.parametrize(
    ("text", "number"), [("4.5", Decimal("4.5")), ("-3", Decimal(-3)), ("0", Decimal(0)), (" 12 ", Decimal(12))]
)
def test_a_number_is_itself(text, number):
    assert typed_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "x", "4,5", "nan", "sNaN", "inf", "-Infinity", "1e999999999", "1e-999999999", "0e-999999999", "1" * 20]
)
def test_what_nobody_means_is_none(text):
    assert typed_number(text) is None


@given(st.text() | st.from_regex(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,12})?", fullmatch=True))
def test_whatever_is_typed_can_be_written_out(text):
    number = typed_number(text)
    assert number is None or len(f"{number:f}") <= len(text) + 40


@pytest.mark.parametrize(
    ("language", "thousands", "in_a_field", "share"),
    [
        ("en", "9,000.5", "9000.5", "40\u00a0%"),
        ("de", "9.000,5", "9000,5", "40\u00a0%"),
        ("da", "9.000,5", "9000,5", "40\u00a0%"),
        ("pl", "9\u00a0000,5", "9000,5", "40%"),
        ("hu", "9\u00a0000,5", "9000,5", "40%"),
    ],
)
def test_each_language_writes_numbers_in_its_way(language, thousands, in_a_field, share):
    with translation.override(language):
        assert written(Decimal("9000.50")) == thousands
        assert retyped(Decimal("9000.50")) == in_a_field
        assert percent(40) == share
        assert written(Decimal(-1234567)) == f"-{thousands[:2]}".replace("9", "1") + f"234{thousands[1]}567"
        found = read_number(thousands), read_number(in_a_field)
    assert [each and each.value for each in found] == [Decimal("9000.5")] * 2


def test_decimals_are_as_many_as_asked_for():
    with translation.override("de"):
        assert (written(Decimal("0.5"), digits=2), written(Decimal(1000))) == ("0,50", "1.000")

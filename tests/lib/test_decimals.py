"""Numbers as people type them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.lib.decimals import typed_number


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

"""Numbers as people type them: read by the page's language, asked back where they could mean two things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from iciinsmes.lib.typed_numbers import read_number


@pytest.mark.parametrize("language", ["de", "da", "pl", "hu"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("-2,5", "-2.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        ("1234.500", "1234.5"),
        ("46 %", "46"),
        (",5", "0.5"),
        ("12", "12"),
    ],
)
def test_what_can_mean_one_thing_only_is_read(language, typed, value):
    with translation.override(language):
        found = read_number(typed)
    assert found is not None
    assert (found.value, found.doubt) == (Decimal(value), "")


@pytest.mark.parametrize(
    ("language", "typed", "value", "said"),
    [
        ("de", "1.234", "1234", "1234"),
        ("en", "1.234", "1.234", "2"),
        ("en", "1,234", "1234", "1234"),
        ("de", "1,234", "1.234", "2"),
    ],
)
def test_what_can_mean_two_things_is_read_by_the_language_and_said(language, typed, value, said):
    with translation.override(language):
        found = read_number(typed)
    assert found is not None
    assert found.value == Decimal(value)
    assert typed in found.doubt
    assert said in found.doubt


@pytest.mark.parametrize("typed", ["many", "1,2,3", "12 34", "1.23.456", "2,5,", "1e999", "--2", "1.234,5,6", "٣", ""])
def test_what_is_no_number_is_refused(typed):
    with translation.override("de"):
        assert read_number(typed) is None

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.table_import.cells.amounts import decimal_sign, number
from iciinsmes.toolbox.table_import.cells.days import day

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "words",
    [
        "2026-03-04", "04.03.2026", "4.3.2026", "4.3.26", "04-03-2026", "04/03/2026", "2026. 03. 04.", "2026. 3. 4.",
        "2026.03.04.", "2026/03/04", "20260304", " 2026-03-04 ", "4. 3. 2026", "04.03.2026 14:05",
        "2026-03-04T14:05:00Z",        "46085", "46085,5",
    ],
)  # fmt: skip
def test_days_as_they_are_written(words):
    assert day(words) == DAY


@pytest.mark.parametrize("cell", [DAY, datetime(2026, 3, 4, 23, 59), 46085.0, 46085.99])
def test_days_as_spreadsheets_know_them(cell):
    assert day(cell) == DAY


@pytest.mark.parametrize(
    "words", ["", "soon", "31.02.2026", "03/25/2026", "2026-13-01", "12", "1.1.1890", "99999999", True, None]
)
def test_what_is_no_day(words):
    assert day(words) is None


@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y. %m. %d."])
)
def test_every_day_is_found_again(wanted, form):
    assert day(wanted.strftime(form)) == wanted


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["12,5"], ","), (["12.5"], "."), (["1.234,50", "7"], ","), (["1,234.50", "7"], "."), (["1.234"], ","),
        (["1,234"], "."),
        (["1.234.567"], ","), (["1,234", "7,5"], ","), (["1.234", "7.5"], "."), (["7"], "."), ([], "."),
        (["12,50 €", "1.234,00 €"], ","), ([3.5, None], "."),
    ],
)  # fmt: skip
def test_the_decimal_sign_of_a_column(cells, sign):
    assert decimal_sign(cells, None) == sign


@pytest.mark.parametrize(("comma_is_decimal", "sign"), [(True, ","), (False, ".")])
def test_the_file_decides_what_a_column_does_not_tell(comma_is_decimal, sign):
    assert decimal_sign(["1,234"], comma_is_decimal) == sign


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("1.234,5", 1234.5), ("1 234,5", 1234.5), ("1'234,5", 1234.5), ("-7", -7), ("7-", -7), ("(7)", -7),
        ("\u22127", -7),
        ("12,5 €", 12.5), ("€ 12,5", 12.5), ("80,- kr.", 80), ("45 %", 45), ("+3", 3), (",5", 0.5), (17.0, 17),
    ],
)  # fmt: skip
def test_numbers_with_a_decimal_comma(words, wanted):
    assert number(words, ",") == wanted


@pytest.mark.parametrize(
    "words", ["", "ten", "1,2,3", "--5", "12a", "nan", "inf", "1e99", "9" * 400, float("nan"), True, DAY, None]
)
def test_what_is_no_number(words):
    assert number(words, ",") is None


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), st.sampled_from([",", "."]))
def test_every_number_is_found_again(wanted, sign):
    words = f"{wanted:,.2f}".translate(str.maketrans({",": "." if sign == "," else ",", ".": sign}))
    assert number(words, decimal_sign([words], None)) == wanted


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_reading(words):
    number(words, decimal_sign([words], None))
    day(words)

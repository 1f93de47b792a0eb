from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.customer_value import INSTRUMENT as CUSTOMERS
from iciinsmes.toolbox.instruments.framework import Text, named, rounded, show
from tests.toolbox.rows import compute


@given(st.floats(-1000, 1000), st.lists(st.floats(-1000, 1000) | st.integers(-10, 100), max_size=3))
def test_a_number_stays_on_its_side_of_every_limit(value, limits):
    short = rounded(value, *limits)
    assert abs(short - value) <= 0.05 + 1e-9
    for limit in limits:
        assert (short < limit, short > limit) == (value < limit, value > limit)


def test_as_few_decimals_as_will_do():
    assert rounded(12.34) == 12.3
    assert rounded(99.97, 100) == 99.97
    assert rounded(59.6, 60, decimals=0) == 59.6
    assert rounded(0.04, 0) == 0.04
    assert rounded(30.0, 30) == 30.0


def test_nearly_all_is_not_called_all():
    rows = [("C1", 99_970.0), *((f"C{number}", 5.0) for number in range(2, 8))]
    assert "99.97 %" in show(compute(CUSTOMERS, "customer sales", rows).verdict.text)


def test_names_are_counted_beyond_three():
    assert [show(named(list("abcde")[:number])) for number in (1, 2, 3, 5)] == [
        "“a”",
        "“a” and “b”",
        "“a”, “b” and “c”",
        "“a”, “b”, “c” and 2 more",
    ]
    assert isinstance(named(["a"]), Text)

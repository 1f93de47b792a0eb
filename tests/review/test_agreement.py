"""How far two assessors agree, against figures that others have published."""

from __future__ import annotations

import pytest

from iciinsmes.review.agreement import agreement


def pairs(first: str, second: str) -> list[tuple[int, int]]:
    return [(int(one), int(two)) for one, two in zip(first, second, strict=True)]


@pytest.mark.parametrize(
    ("first", "second", "linear", "quadratic"),
    [
        # scikit-learn, sklearn/metrics/tests/test_classification.py, test_cohen_kappa: "Weighting example".
        ("0" * 46 + "1" * 44 + "2" * 10, "0" * 50 + "1" * 40 + "2" * 10, 0.9412, 0.9541),
        # The level 2 is never given: by cohen_kappa_score with labels=[0, 1, 2, 3]; without them .520 and .647.
        ("00113331", "01133311", 0.5, 0.5909),
        # Two levels leave no difference between weights: test_cohen_kappa, "example from Artstein and Poesio".
        ("0" * 40 + "1" * 60, "0" * 20 + "1" * 20 + "0" * 10 + "1" * 50, 0.3478, 0.3478),
        ("0123", "3210", -0.6, -1),
        ("0123", "0123", 1, 1),
    ],
)
def test_weighted_kappa_is_that_of_others(first, second, linear, quadratic):
    found = agreement(pairs(first, second))
    assert (found.linear, found.quadratic) == (pytest.approx(linear, abs=5e-5), pytest.approx(quadratic, abs=5e-5))
    turned = agreement(pairs(second, first))
    assert (turned.linear, turned.quadratic) == (pytest.approx(found.linear), pytest.approx(found.quadratic))


def test_shares_of_the_same_and_of_neighbouring_levels():
    found = agreement(pairs("00113331", "01133311"))
    assert (found.count, found.exact, found.adjacent) == (8, 0.625, 0.75)


def test_full_agreement_on_one_level_has_no_kappa():
    found = agreement(pairs("2222", "2222"))
    assert (found.exact, found.linear, found.quadratic, found.is_reliable) == (1, None, None, False)
    assert agreement(pairs("22222", "22222")).is_reliable
    assert agreement([]) is None

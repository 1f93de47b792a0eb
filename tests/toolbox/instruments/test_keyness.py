from __future__ import annotations

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.methods.reviews.keyness import keyness

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 500), min_size=2)


def test_a_worked_example():
    """Bad texts: 10 of 100 words; good ones: 2 of 200; all texts: 12 of 300, and so on by the formula."""
    first, second = {"late": 10, "the": 90}, {"late": 2, "the": 198}
    found = {word.word: word for word in keyness(first, second, {"late": 12, "the": 288})}
    expected = (math.log(22 / 378) - math.log(14 / 486)) / math.sqrt(1 / 22 + 1 / 14)
    assert found["late"].z == pytest.approx(expected)
    assert found["late"].z == pytest.approx(2.0571, abs=1e-3)
    assert (found["late"].first, found["late"].second) == (10, 2)


def test_a_single_word_is_typical_of_nothing():
    assert [word.z for word in keyness({"a": 3}, {"a": 5}, {"a": 8})] == [0.0]


@given(COUNTS, COUNTS, COUNTS)
def test_the_formula_over_whole_arrays(first, second, others):
    words = sorted({*first, *second, *others})
    y = numpy.array([[group.get(word, 0) for word in words] for group in (first, second)], dtype=float)
    prior = y.sum(axis=0) + numpy.array([others.get(word, 0) for word in words])
    background = {word: int(uses) for word, uses in zip(words, prior, strict=True) if uses}
    keep = prior > 0
    y, prior = y[:, keep], prior[keep]
    posterior = y + prior
    odds = posterior / (posterior.sum(axis=1, keepdims=True) - posterior) if len(prior) > 1 else numpy.ones_like(y)
    z = (numpy.log(odds[0]) - numpy.log(odds[1])) / numpy.sqrt((1 / posterior).sum(axis=0))
    found = {word.word: word.z for word in keyness(first, second, background)}
    assert [found[word] for word in sorted(background)] == pytest.approx(list(z), abs=1e-9)
    turned = {word.word: -word.z for word in keyness(second, first, background)}
    assert found == pytest.approx(turned, abs=1e-9)

"""The arithmetic of rubrics."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.review.api import Criterion, Level, Rubric, rubric_problems, score


def rubric(*, keys: str = "ab", levels: int = 4, pass_points: int = 2, exceptions: int = 1) -> Rubric:
    steps = tuple(Level(Decimal(number), f"level {number}") for number in range(levels))
    return Rubric(
        criteria=tuple(Criterion(key=key, title=key.upper(), levels=steps) for key in keys),
        pass_points=Decimal(pass_points),
        exceptions=exceptions,
    )


def points(**given: int) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in given.items()}


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Rubrics an author could write: rising points, a reachable pass mark."""
    scale = draw(st.lists(st.decimals(0, 10, places=1), min_size=2, max_size=5, unique=True).map(sorted))
    criteria = tuple(
        Criterion(key=f"c{number}", title=f"C{number}", levels=tuple(Level(value, "") for value in scale))
        for number in range(draw(st.integers(1, 5)))
    )
    pass_points = draw(st.sampled_from(scale))
    return Rubric(criteria=criteria, pass_points=pass_points, exceptions=draw(st.integers(0, 3)))


@st.composite
def judged(draw: st.DrawFn) -> tuple[Rubric, dict[str, Decimal]]:
    """A rubric with a level chosen for each criterion."""
    chosen = draw(rubrics())
    return chosen, {
        criterion.key: draw(st.sampled_from([level.points for level in criterion.levels]))
        for criterion in chosen.criteria
    }


class TestPass:
    @pytest.mark.parametrize(
        ("given_points", "passes"),
        [
            (points(a=2, b=2), True),
            (points(a=3, b=1), True),
            (points(a=1, b=1), False),
            (points(a=3, b=0), False),
            (points(a=3), False),
            ({}, False),
        ],
    )
    def test_one_criterion_may_lie_one_level_below(self, given_points, passes):
        assert score(rubric(), given_points).passes is passes

    def test_no_exceptions_means_every_criterion(self):
        assert not score(rubric(exceptions=0), points(a=3, b=1)).passes

    def test_pass_mark_between_two_levels_needs_the_upper_one(self):
        steps = (Level(Decimal(0), ""), Level(Decimal(5), ""), Level(Decimal(10), ""))
        between = Rubric(criteria=(Criterion("a", "A", steps),), pass_points=Decimal(7), exceptions=0)
        assert not score(between, points(a=5)).passes
        assert score(between, points(a=10)).passes

    def test_a_rubric_without_criteria_never_passes(self):
        assert not score(Rubric(criteria=()), {}).passes

    def test_unknown_criteria_do_not_count(self):
        result = score(rubric(), points(a=2, b=2, other=50))
        assert (result.earned, result.possible) == (4, 6)


class TestProperties:
    @given(judged())
    def test_earned_lies_between_zero_and_possible(self, case):
        result = score(*case)
        assert 0 <= result.earned <= result.possible

    @given(judged(), st.data())
    def test_a_better_level_never_harms(self, case, data):
        chosen, given_points = case
        criterion = data.draw(st.sampled_from(chosen.criteria))
        better = data.draw(
            st.sampled_from([lv.points for lv in criterion.levels if lv.points >= given_points[criterion.key]])
        )
        before, after = score(chosen, given_points), score(chosen, {**given_points, criterion.key: better})
        assert after.earned >= before.earned
        assert after.passes >= before.passes

    @given(judged(), st.data())
    def test_missing_points_never_pass(self, case, data):
        chosen, given_points = case
        gone = data.draw(st.sampled_from(sorted(given_points)))
        result = score(chosen, {key: value for key, value in given_points.items() if key != gone})
        assert result.missing == (gone,)
        assert not result.passes

    @given(rubrics())
    def test_the_highest_levels_pass(self, chosen):
        result = score(chosen, {criterion.key: criterion.levels[-1].points for criterion in chosen.criteria})
        assert result.passes
        assert result.earned == result.possible

    @given(rubrics())
    def test_what_an_author_can_write_has_no_problems(self, chosen):
        assert rubric_problems(chosen) == ()


class TestProblems:
    @pytest.mark.parametrize(
        ("broken", "words"),
        [
            (Rubric(criteria=()), "no criterion"),
            (rubric(keys="aa"), "same key"),
            (rubric(keys="abcdefghijklmnopqrstu"), "more than 20"),
            (rubric(levels=1), "two levels"),
            (rubric(pass_points=4), "Nobody can pass"),
            (rubric(exceptions=-1), "below zero"),
            (Rubric(criteria=(Criterion("", " ", rubric().criteria[0].levels),)), "no title"),
            (
                Rubric(criteria=(Criterion("a", "A", (Level(Decimal(2), ""), Level(Decimal(2), ""))),)),
                "do not rise",
            ),
            (
                Rubric(criteria=(Criterion("a", "A", (Level(Decimal(-1), ""), Level(Decimal(2), ""))),)),
                "not between",
            ),
            (
                Rubric(criteria=(Criterion("a", "A", (Level(Decimal(0), ""), Level(Decimal("2.005"), ""))),)),
                "not between",
            ),
        ],
    )
    def test_each_is_named(self, broken, words):
        assert any(words in problem for problem in rubric_problems(broken))

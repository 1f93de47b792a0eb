"""The arithmetic of rubrics."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.review.api import Criterion, CriterionKind, PointRange, Rubric, RubricLevel, rubric_problems, score
from iciinsmes.review.data import rubric_from_json, rubric_to_json
from iciinsmes.review.rules import assessment_errors


def rubric(*, keys: str = "ab", levels: int = 4, pass_points: int = 2, exceptions: int = 1) -> Rubric:
    steps = tuple(RubricLevel(Decimal(number), f"level {number}") for number in range(levels))
    return Rubric(
        criteria=tuple(Criterion(key=key, title=key.upper(), levels=steps) for key in keys),
        pass_points=Decimal(pass_points),
        exceptions=exceptions,
    )


def points(**given: int) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in given.items()}


@st.composite
def ranges(draw: st.DrawFn) -> PointRange:
    step = draw(st.decimals("0.01", 3, places=2))
    most = step * draw(st.integers(1, 40))
    return PointRange(most=most, step=step, pass_points=draw(st.decimals(0, most, places=2)))


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Rubrics an author could write: rising points, a reachable pass mark, every kind of criterion."""
    scale = draw(st.lists(st.decimals(0, 10, places=1), min_size=2, max_size=5, unique=True).map(sorted))
    steps = tuple(RubricLevel(value, "") for value in scale)
    kinds = [CriterionKind.LEVELS, *draw(st.lists(st.sampled_from(CriterionKind), max_size=4))]
    criteria = tuple(
        Criterion(
            key=f"c{number}",
            title=f"C{number}",
            kind=kind,
            levels=steps if kind is CriterionKind.LEVELS else (),
            range=draw(ranges()) if kind is CriterionKind.RANGE else PointRange(),
        )
        for number, kind in enumerate(kinds)
    )
    pass_points = draw(st.sampled_from(scale))
    return Rubric(criteria=criteria, pass_points=pass_points, exceptions=draw(st.integers(0, 3)))


def choices(criterion: Criterion) -> list[Decimal]:
    """All points that a grader can give, ascending."""
    if criterion.kind is CriterionKind.LEVELS:
        return [level.points for level in criterion.levels]
    scale = criterion.range
    return [scale.step * number for number in range(int(scale.most / scale.step) + 1)]


def judged_criteria(rubric: Rubric) -> list[Criterion]:
    return [criterion for criterion in rubric.criteria if criterion.kind is not CriterionKind.FEEDBACK]


@st.composite
def judged(draw: st.DrawFn) -> tuple[Rubric, dict[str, Decimal]]:
    """A rubric with points for each criterion that takes some."""
    chosen = draw(rubrics())
    return chosen, {criterion.key: draw(st.sampled_from(choices(criterion))) for criterion in judged_criteria(chosen)}


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
        steps = (RubricLevel(Decimal(0), ""), RubricLevel(Decimal(5), ""), RubricLevel(Decimal(10), ""))
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
        criterion = data.draw(st.sampled_from(judged_criteria(chosen)))
        better = data.draw(
            st.sampled_from([value for value in choices(criterion) if value >= given_points[criterion.key]])
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
    def test_the_most_points_pass(self, chosen):
        result = score(chosen, {criterion.key: choices(criterion)[-1] for criterion in judged_criteria(chosen)})
        assert result.passes
        assert result.earned == result.possible

    @given(judged())
    def test_what_a_grader_can_choose_fits(self, case):
        chosen, given_points = case
        assert assessment_errors(chosen, points=given_points, comments={}, feedback="") == {}

    @given(rubrics())
    def test_json_loses_nothing(self, chosen):
        assert rubric_from_json(rubric_to_json(chosen)) == chosen

    @given(rubrics())
    def test_what_an_author_can_write_has_no_problems(self, chosen):
        assert rubric_problems(chosen) == ()


class TestRange:
    scale = PointRange(most=Decimal(10), step=Decimal("0.5"), pass_points=Decimal(5))
    only = Rubric(criteria=(Criterion("r", "R", kind=CriterionKind.RANGE, range=scale),))

    @pytest.mark.parametrize(("given_points", "passes"), [("5", True), ("10", True), ("4.5", False), ("0", False)])
    def test_it_passes_from_its_own_pass_on_and_is_no_exception(self, given_points, passes):
        assert score(self.only, {"r": Decimal(given_points)}).passes is passes

    @pytest.mark.parametrize("wrong", ["10.5", "-0.5", "0.25", "NaN", "Infinity", "1E+30"])
    def test_points_outside_the_range_or_between_the_steps_are_refused(self, wrong):
        errors = assessment_errors(self.only, points={"r": Decimal(wrong)}, comments={}, feedback="")
        assert errors == {"points.r": "Write a number from 0 to 10 in steps of 0.5."}


class TestFeedbackOnly:
    words = Criterion("w", "W", kind=CriterionKind.FEEDBACK)

    def test_it_counts_neither_for_the_sum_nor_for_the_pass(self):
        with_words = Rubric(criteria=(*rubric().criteria, self.words))
        assert score(with_words, points(a=2, b=2)) == score(rubric(), points(a=2, b=2))
        assert score(with_words, points(a=2, b=2, w=9)) == score(rubric(), points(a=2, b=2))

    def test_it_takes_a_comment_and_no_points(self):
        alone = Rubric(criteria=(self.words,))
        assert assessment_errors(alone, points={}, comments={"w": "Read it."}, feedback="") == {}
        assert set(assessment_errors(alone, points={"w": Decimal(1)}, comments={}, feedback="")) == {"points.w"}

    def test_a_rubric_of_words_only_never_passes(self):
        assert not score(Rubric(criteria=(self.words,)), {}).passes
        assert [problem.place for problem in rubric_problems(Rubric(criteria=(self.words,)))] == ["criteria"]


class TestProblems:
    @pytest.mark.parametrize(
        ("scale", "place"),
        [
            (PointRange(most=Decimal(0)), "most"),
            (PointRange(most=Decimal(1001)), "most"),
            (PointRange(step=Decimal(0)), "step"),
            (PointRange(step=Decimal(20)), "step"),
            (PointRange(step=Decimal(3)), "step"),
            (PointRange(pass_points=Decimal(11)), "pass_points"),
        ],
    )
    def test_a_broken_range_names_its_field(self, scale, place):
        broken = Rubric(criteria=(*rubric().criteria, Criterion("r", "R", kind=CriterionKind.RANGE, range=scale)))
        assert [problem.place for problem in rubric_problems(broken)] == [f"criteria.2.range.{place}"]

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
                Rubric(criteria=(Criterion("a", "A", (RubricLevel(Decimal(2), ""), RubricLevel(Decimal(2), ""))),)),
                "do not rise",
            ),
            (
                Rubric(criteria=(Criterion("a", "A", (RubricLevel(Decimal(-1), ""), RubricLevel(Decimal(2), ""))),)),
                "not between",
            ),
            (
                Rubric(
                    criteria=(Criterion("a", "A", (RubricLevel(Decimal(0), ""), RubricLevel(Decimal("2.005"), ""))),)
                ),
                "not between",
            ),
        ],
    )
    def test_each_is_named(self, broken, words):
        assert any(words in problem.message for problem in rubric_problems(broken))

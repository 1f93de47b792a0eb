"""What a rubric is and what it makes of points; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.lib.decimals import written

from .data import Criterion, CriterionKind, PointRange, Rubric, Score

# The sum over all criteria must fit into six digits with two decimals.
MAX_POINTS = Decimal(1000)
MAX_CRITERIA = 20

MAX_COMMENT_CHARS = 5_000
MAX_FEEDBACK_CHARS = 20_000


def score(rubric: Rubric, points: Mapping[str, Decimal]) -> Score:
    """Add up points and tell whether they pass.

    Work passes when every criterion that takes points has some; when each with levels reaches the lowest level worth
    ``pass_points`` or more, except for up to ``exceptions`` that may lie exactly one level below it; and when each with
    a range reaches the pass of its range. A rubric with ``pass_percent`` passes by the sum instead. In both, each
    criterion must reach its floor. Points of unknown criteria, and of those with words only, do not count.

    Args:
        rubric: the rubric to judge by.
        points: criterion key to points; criteria may be missing.
    """
    judged = [criterion for criterion in rubric.criteria if criterion.takes_points]
    missing = tuple(criterion.key for criterion in judged if criterion.key not in points)
    given = [(criterion, points[criterion.key]) for criterion in judged if criterion.key in points]
    earned = sum((value for _criterion, value in given), Decimal(0))
    possible = sum((criterion.possible for criterion in judged), Decimal(0))
    reached = earned * 100 >= rubric.pass_percent * possible if rubric.pass_percent else _passes_each(rubric, given)
    return Score(
        earned=earned,
        possible=possible,
        passes=(
            bool(judged)
            and not missing
            and reached
            and all(value * 100 >= criterion.floor * criterion.possible for criterion, value in given)
        ),
        missing=missing,
    )


def _passes_each(rubric: Rubric, given: Iterable[tuple[Criterion, Decimal]]) -> bool:
    """Tell whether every criterion passes by itself, but for the exceptions."""
    given = list(given)
    below = [
        _levels_below_pass(criterion, value, rubric.pass_points)
        for criterion, value in given
        if criterion.kind is CriterionKind.LEVELS
    ]
    return (
        all(steps <= 1 for steps in below)
        and below.count(1) <= rubric.exceptions
        and all(
            value >= criterion.range.pass_points for criterion, value in given if criterion.kind is CriterionKind.RANGE
        )
    )


def rubric_problems(rubric: Rubric) -> tuple[Problem, ...]:
    """Return what its author must mend before anybody can be assessed with it; empty when it is fine."""
    problems: list[Problem] = []
    if not rubric.criteria:
        problems.append(Problem("criteria", _("The rubric has no criterion.")))
    elif not any(criterion.possible > 0 for criterion in rubric.criteria):
        problems.append(Problem("criteria", _("At least one criterion must give points.")))
    if len(rubric.criteria) > MAX_CRITERIA:
        problems.append(
            Problem("criteria", _("The rubric has more than %(count)d criteria.") % {"count": MAX_CRITERIA})
        )
    if len({criterion.key for criterion in rubric.criteria}) < len(rubric.criteria):
        problems.append(Problem("criteria", _("Two criteria have the same key.")))
    if rubric.exceptions < 0:
        problems.append(Problem("exceptions", _("The number of exceptions is below zero.")))
    if not 0 <= rubric.pass_percent <= 100:
        problems.append(Problem("pass_percent", _("The percent for a pass must lie between 0 and 100.")))
    for number, criterion in enumerate(rubric.criteria):
        problems.extend(
            Problem(f"criteria.{number}.{place}", message)
            for place, message in _criterion_problems(criterion, None if rubric.pass_percent else rubric.pass_points)
        )
    return tuple(problems)


def assessment_errors(
    rubric: Rubric, *, points: Mapping[str, Decimal], comments: Mapping[str, str], feedback: str
) -> dict[str, str]:
    """Return a sentence for each field that does not fit the rubric; empty when all do. Missing points are fine."""
    errors: dict[str, str] = {}
    known = {criterion.key: criterion for criterion in rubric.criteria}
    for key, given in points.items():
        message = _points_error(known[key], given) if key in known else _("This criterion is not part of the rubric.")
        if message:
            errors[f"points.{key}"] = message
    for key, text in comments.items():
        if key not in known:
            errors[f"comments.{key}"] = _("This criterion is not part of the rubric.")
        elif len(text) > MAX_COMMENT_CHARS:
            errors[f"comments.{key}"] = _too_long(MAX_COMMENT_CHARS)
    if len(feedback) > MAX_FEEDBACK_CHARS:
        errors["feedback"] = _too_long(MAX_FEEDBACK_CHARS)
    return errors


def missing_errors(rubric: Rubric, points: Mapping[str, Decimal]) -> dict[str, str]:
    """Return a sentence for each criterion that still needs points."""
    missing = score(rubric, points).missing
    return {
        f"points.{criterion.key}": (
            _("Give points.") if criterion.kind is CriterionKind.RANGE else _("Choose a level.")
        )
        for criterion in rubric.criteria
        if criterion.key in missing
    }


def _levels_below_pass(criterion: Criterion, given: Decimal, pass_points: Decimal) -> int:
    """Count how many levels ``given`` lies below the pass; 0 or less reaches it."""
    pass_index = sum(1 for level in criterion.levels if level.points < pass_points)
    reached_index = sum(1 for level in criterion.levels if level.points <= given) - 1
    return pass_index - reached_index


def _points_error(criterion: Criterion, given: Decimal) -> str:
    """Return what is wrong with the points for a criterion; empty if they fit."""
    if criterion.kind is CriterionKind.FEEDBACK:
        return _("This criterion takes words only.")
    if criterion.kind is CriterionKind.LEVELS:
        fits = given in {level.points for level in criterion.levels}
        return "" if fits else _("Choose one of the levels.")
    scale = criterion.range
    if given.is_finite() and 0 <= given <= scale.most and given % scale.step == 0:
        return ""
    return _("Write a number from 0 to %(most)s in steps of %(step)s.") % {
        "most": written(scale.most),
        "step": written(scale.step),
    }


def _criterion_problems(criterion: Criterion, pass_points: Decimal | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one criterion: place and sentence; no ``pass_points`` where the sum decides."""
    if not 0 <= criterion.floor <= 100:
        yield "floor", _("The percent must lie between 0 and 100.")
    if not criterion.key or not criterion.title.strip():
        yield "title", _("A criterion has no title or key.")
    if criterion.kind is CriterionKind.LEVELS:
        yield from _level_problems(criterion, pass_points)
    elif criterion.kind is CriterionKind.RANGE:
        yield from _range_problems(criterion.range)


def _level_problems(criterion: Criterion, pass_points: Decimal | None) -> Iterator[tuple[str, str]]:
    name = {"criterion": criterion.title or criterion.key}
    points = [level.points for level in criterion.levels]
    if len(points) < 2:
        yield "levels", _("“%(criterion)s” needs at least two levels.") % name
        return
    for number, value in enumerate(points):
        place = f"levels.{number}.points"
        if not 0 <= value <= MAX_POINTS or value != round(value, 2):
            yield place, _("The points of “%(criterion)s” are not between 0 and 1000 with two decimals.") % name
        elif number and value <= points[number - 1]:
            yield place, _("The points of “%(criterion)s” do not rise from level to level.") % name
    if pass_points is not None and points[-1] < pass_points:
        message = _("Nobody can pass “%(criterion)s”: its highest level is below the pass mark.") % name
        yield f"levels.{len(points) - 1}.points", message


def _range_problems(scale: PointRange) -> Iterator[tuple[str, str]]:
    if not 0 < scale.most <= MAX_POINTS or scale.most != round(scale.most, 2):
        yield "range.most", _("The most points must be above 0, at most 1000, with two decimals.")
        return
    if not 0 < scale.step <= scale.most or scale.step != round(scale.step, 2):
        yield "range.step", _("A step must be above 0 and not larger than the most points, with two decimals.")
    elif scale.most % scale.step != 0:
        yield "range.step", _("The most points must be a whole number of steps.")
    if not 0 <= scale.pass_points <= scale.most:
        yield "range.pass_points", _("The pass must lie between 0 and the most points.")


def _too_long(limit: int) -> str:
    return _("This text is too long. Please stay below %(limit)d characters.") % {"limit": limit}

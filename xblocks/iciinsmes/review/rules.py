"""What a rubric is and what it makes of points; pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from .data import Criterion, Rubric, Score

# The sum over all criteria must fit into six digits with two decimals.
MAX_POINTS = Decimal(1000)
MAX_CRITERIA = 20

MAX_COMMENT_CHARS = 5_000
MAX_FEEDBACK_CHARS = 20_000


def score(rubric: Rubric, points: Mapping[str, Decimal]) -> Score:
    """Add up points and tell whether they pass.

    Work passes when every criterion has points and reaches the lowest level worth ``pass_points`` or more, except for
    up to ``exceptions`` criteria that may lie exactly one level below it. Points of unknown criteria do not count.

    Args:
        rubric: the rubric to judge by.
        points: criterion key to points; criteria may be missing.
    """
    missing = tuple(criterion.key for criterion in rubric.criteria if criterion.key not in points)
    below = [
        _levels_below_pass(criterion, points[criterion.key], rubric.pass_points)
        for criterion in rubric.criteria
        if criterion.key in points
    ]
    return Score(
        earned=sum((points[criterion.key] for criterion in rubric.criteria if criterion.key in points), Decimal(0)),
        possible=sum((criterion.levels[-1].points for criterion in rubric.criteria), Decimal(0)),
        passes=(
            bool(rubric.criteria)
            and not missing
            and all(steps <= 1 for steps in below)
            and below.count(1) <= rubric.exceptions
        ),
        missing=missing,
    )


def rubric_problems(rubric: Rubric) -> tuple[str, ...]:
    """Return what its author must mend before anybody can be assessed with it, as sentences; empty when it is fine."""
    problems: list[str] = []
    if not rubric.criteria:
        problems.append(_("The rubric has no criterion."))
    if len(rubric.criteria) > MAX_CRITERIA:
        problems.append(_("The rubric has more than %(count)d criteria.") % {"count": MAX_CRITERIA})
    if len({criterion.key for criterion in rubric.criteria}) < len(rubric.criteria):
        problems.append(_("Two criteria have the same key."))
    if rubric.exceptions < 0:
        problems.append(_("The number of exceptions is below zero."))
    for criterion in rubric.criteria:
        problems.extend(_criterion_problems(criterion, rubric.pass_points))
    return tuple(problems)


def assessment_errors(
    rubric: Rubric, *, points: Mapping[str, Decimal], comments: Mapping[str, str], feedback: str
) -> dict[str, str]:
    """Return a sentence for each field that does not fit the rubric; empty when all do. Missing points are fine."""
    errors: dict[str, str] = {}
    levels = {criterion.key: {level.points for level in criterion.levels} for criterion in rubric.criteria}
    for key, given in points.items():
        if key not in levels:
            errors[f"points.{key}"] = _("This criterion is not part of the rubric.")
        elif given not in levels[key]:
            errors[f"points.{key}"] = _("Choose one of the levels.")
    for key, text in comments.items():
        if key not in levels:
            errors[f"comments.{key}"] = _("This criterion is not part of the rubric.")
        elif len(text) > MAX_COMMENT_CHARS:
            errors[f"comments.{key}"] = _too_long(MAX_COMMENT_CHARS)
    if len(feedback) > MAX_FEEDBACK_CHARS:
        errors["feedback"] = _too_long(MAX_FEEDBACK_CHARS)
    return errors


def missing_errors(missing: Collection[str]) -> dict[str, str]:
    """Return a sentence for each criterion that still needs a level."""
    return {f"points.{key}": _("Choose a level.") for key in missing}


def _levels_below_pass(criterion: Criterion, given: Decimal, pass_points: Decimal) -> int:
    """Count how many levels ``given`` lies below the pass; 0 or less reaches it."""
    pass_index = sum(1 for level in criterion.levels if level.points < pass_points)
    reached_index = sum(1 for level in criterion.levels if level.points <= given) - 1
    return pass_index - reached_index


def _criterion_problems(criterion: Criterion, pass_points: Decimal) -> list[str]:
    """Return what is wrong with one criterion."""
    name = {"criterion": criterion.title or criterion.key}
    points = [level.points for level in criterion.levels]
    problems = []
    if not criterion.key or not criterion.title.strip():
        problems.append(_("A criterion has no title or key."))
    if len(points) < 2:
        return [*problems, _("“%(criterion)s” needs at least two levels.") % name]
    if any(upper <= lower for lower, upper in pairwise(points)):
        problems.append(_("The points of “%(criterion)s” do not rise from level to level.") % name)
    if points[0] < 0 or points[-1] > MAX_POINTS or any(value != round(value, 2) for value in points):
        problems.append(_("The points of “%(criterion)s” are not between 0 and 1000 with two decimals.") % name)
    if points[-1] < pass_points:
        problems.append(_("Nobody can pass “%(criterion)s”: its highest level is below the pass mark.") % name)
    return problems


def _too_long(limit: int) -> str:
    return _("This text is too long. Please stay below %(limit)d characters.") % {"limit": limit}

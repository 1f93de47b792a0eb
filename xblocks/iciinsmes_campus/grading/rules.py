"""How points become a course grade.

The rules are those of Open edX ("Establish a grading policy" in its documentation for course teams): a subsection's
score is the sum of its points by the sum of its possible points; the scores of an assignment type are averaged after
the lowest ones are dropped; the averages are weighted and added.

Three things differ on purpose. A sum above 100 % (weights that were not checked) is cut off there. At least one score
of a type is kept, whatever the drop count says. And what has not opened yet counts as a zero from the first day, so
that a final grade never falls because something opens.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from opaque_keys.edx.keys import UsageKey

from iciinsmes_campus.courseware.data import AssignmentType, GradingPolicy, Node
from iciinsmes_campus.learning.data import Earned

from .data import CourseGrade, GradebookColumn, GradedPoints, GradingPlan, SubsectionGrade, TypeGrade

#: When something is due for the learner in question.
Due = Callable[[Node], datetime | None]


def grading_plan(root: Node, policy: GradingPolicy) -> GradingPlan:
    """Return what counts in a course run: its graded subsections by assignment type, in the policy's order.

    Args:
        root: the course run's root; its children are sections.
        policy: the grading policy; a subsection of a type that it does not name never counts.
    """
    subsections = [entry for section in root.children if not section.staff_only for entry in section.children]
    types = []
    for kind in policy.types:
        found = [entry for entry in subsections if entry.graded and entry.format == kind.name]
        counting = [(entry, blocks) for entry in found if (blocks := scored_blocks(entry))]
        columns = tuple(
            GradebookColumn(entry, f"{kind.short_label} {number}" if len(counting) > 1 else kind.short_label, blocks)
            for number, (entry, blocks) in enumerate(counting, 1)
        )
        types.append((kind, columns))
    return GradingPlan(types=tuple(types), pass_mark=policy.pass_mark)


def scored_blocks(node: Node) -> tuple[Node, ...]:
    """Return the blocks below a node (or itself) in which a learner can earn points that count."""
    if node.staff_only:
        return ()
    if node.children:
        return tuple(block for child in node.children for block in scored_blocks(child))
    return (node,) if node.has_score and node.graded and node.max_score > 0 and not node.error else ()


def course_grade(
    plan: GradingPlan,
    earned: Mapping[UsageKey, Earned],
    *,
    now: datetime,
    handed_in: Collection[UsageKey] = frozenset(),
    due: Due = lambda node: node.due,
) -> CourseGrade:
    """Return one learner's grade.

    Args:
        plan: what counts in the course run.
        earned: the learner's points by block; a block without any has not been attempted, and one of which nothing is
            possible need not be.
        now: the moment to judge dates by.
        handed_in: blocks in which the learner has done her or his part; without points they wait for a result, and a
            date that has passed does not count against the learner.
        due: when a block is due for the learner.
    """
    types = [
        _type_grade(kind, [_subsection(column, earned, handed_in, due, now) for column in columns])
        for kind, columns in plan.types
    ]
    counted = [(entry.type.weight, entry.so_far) for entry in types if entry.so_far is not None]
    weights = sum(weight for weight, _so_far in counted)
    return CourseGrade(
        types=tuple(types),
        fraction=min(1.0, sum(entry.type.weight * entry.fraction for entry in types)),
        so_far=min(1.0, sum(weight * so_far for weight, so_far in counted) / weights) if weights > 0 else None,
        pass_mark=plan.pass_mark,
    )


def lowest(scores: Sequence[float], drop_count: int) -> frozenset[int]:
    """Return the places of the scores that are dropped: the lowest, the last of equals first, never all of them."""
    by_score = sorted(range(len(scores)), key=lambda place: (scores[place], -place))
    return frozenset(by_score[: max(0, min(drop_count, len(scores) - 1))])


def average(scores: Sequence[float], drop_count: int) -> float:
    """Return the mean of the scores after the lowest ones are dropped; 0 without any score."""
    dropped = lowest(scores, drop_count)
    kept = [score for place, score in enumerate(scores) if place not in dropped]
    return sum(kept) / len(kept) if kept else 0.0


def _type_grade(kind: AssignmentType, scores: list[SubsectionGrade]) -> TypeGrade:
    # Of a subsection in which a learner need not do anything nothing is possible: it counts neither way.
    counting = [score for score in scores if score.points.possible > 0]
    fractions = [score.points.fraction or 0.0 for score in counting]
    missing = max(0, kind.min_count - len(scores))
    so_far = [score.so_far.fraction for score in scores if score.so_far.fraction is not None]
    # A padded zero stands for something that is still to come; it is dropped before a real result is.
    places = lowest([*fractions, *[0.0] * missing], kind.drop_count)
    dropped = {counting[place].column for place in places if place < len(counting)}
    return TypeGrade(
        type=kind,
        subsections=tuple(
            replace(score, dropped=score.column in dropped and score.so_far.fraction is not None) for score in scores
        ),
        missing=missing,
        fraction=average([*fractions, *[0.0] * missing], kind.drop_count),
        so_far=average(so_far, kind.drop_count) if so_far else None,
    )


def _subsection(
    column: GradebookColumn,
    earned: Mapping[UsageKey, Earned],
    handed_in: Collection[UsageKey],
    due: Due,
    now: datetime,
) -> SubsectionGrade:
    total, so_far = GradedPoints(), GradedPoints()
    attempted = waiting = False
    for block in column.blocks:
        result = earned.get(block.usage_key)
        if result is not None and result.possible == 0:
            continue
        if result is not None:
            attempted = True
            points = GradedPoints(min(max(result.earned, Decimal(0)), result.possible), result.possible)
            so_far = _plus(so_far, points)
        else:
            points = GradedPoints(Decimal(0), Decimal(str(block.max_score)))
            date = due(block)
            if block.usage_key in handed_in:
                waiting = True
            elif date is not None and date < now:
                so_far = _plus(so_far, points)
        total = _plus(total, points)
    return SubsectionGrade(column=column, points=total, so_far=so_far, attempted=attempted, waiting=waiting)


def _plus(one: GradedPoints, other: GradedPoints) -> GradedPoints:
    return GradedPoints(one.earned + other.earned, one.possible + other.possible)

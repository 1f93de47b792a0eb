"""Course grades: worked numbers, and what must hold for every course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.data import AssignmentType, GradingPolicy, Node
from iciinsmes_campus.grading import rules
from iciinsmes_campus.grading.data import percent
from iciinsmes_campus.learning.data import Earned

COURSE = CourseKey.from_string("course-v1:ICI+GRADES+2026")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(days=1), NOW + timedelta(days=1)
QUIZ = AssignmentType(name="Quiz", short_label="Quiz", weight=0.2, min_count=2, drop_count=1)
WORK = AssignmentType(name="Workplace assignment", short_label="W", weight=0.8)
POLICY = GradingPolicy(types=(QUIZ, WORK), cutoffs={"Pass": 0.6})


def key(kind: str, name: str) -> UsageKey:
    return COURSE.make_usage_key(kind, name)


def block(name: str, max_score: float = 10, **more) -> Node:
    given_fields = {"display_name": name, "graded": True, "has_score": True, "max_score": max_score, **more}
    return Node(usage_key=key("problem", name), block_type="problem", **given_fields)


def box(kind: str, name: str, *children: Node, **more) -> Node:
    return Node(
        usage_key=key(kind, name),
        block_type=kind,
        display_name=name,
        children=children,
        completion="aggregator",
        **more,
    )


def subsection(name: str, kind: AssignmentType, *blocks: Node, **more) -> Node:
    unit = box("vertical", f"{name}-unit", *blocks)
    return box("sequential", name, unit, **{"graded": True, "format": kind.name, **more})


def course(*subsections: Node) -> Node:
    return box("course", "course", box("chapter", "chapter", *subsections))


def points(**earned: float) -> dict[UsageKey, Earned]:
    return {
        key("problem", name.replace("_", "-")): Earned(Decimal(str(value)), Decimal(10))
        for name, value in earned.items()
    }


def grade(root: Node, earned: Mapping[UsageKey, Earned], policy: GradingPolicy = POLICY, **more):
    return rules.course_grade(rules.grading_plan(root, policy), earned, now=NOW, **more)


ROOT = course(
    subsection("quiz-1", QUIZ, block("a"), block("b")),
    subsection("quiz-2", QUIZ, block("c")),
    subsection("w-1", WORK, block("w")),
)


def test_the_lower_quiz_is_dropped_and_types_are_weighted():
    result = grade(ROOT, points(a=10, b=5, c=3, w=8))
    assert result.fraction == pytest.approx(0.2 * 0.75 + 0.8 * 0.8)
    assert result.so_far == pytest.approx(result.fraction)
    assert [entry.dropped for entry in result.subsections] == [False, True, False]
    assert [entry.column.label for entry in result.subsections] == ["Quiz 1", "Quiz 2", "W"]
    assert result.passed


def test_at_the_start_nobody_is_told_zero_percent():
    result = grade(ROOT, {})
    assert result.so_far is None
    assert result.fraction == 0
    assert not result.passed


def test_so_far_counts_only_what_has_a_result():
    result = grade(ROOT, points(a=6))
    assert result.so_far == pytest.approx(0.6)
    assert result.fraction == pytest.approx(0.2 * 0.3)


def test_what_was_missed_counts_as_zero_so_far():
    late = course(subsection("quiz-1", QUIZ, block("a", due=PAST), block("b", due=FUTURE)))
    assert grade(late, {}).so_far == 0
    assert grade(late, points(b=10)).so_far == pytest.approx(0.5)


def test_what_was_handed_in_waits_and_does_not_count_yet():
    late = course(subsection("w-1", WORK, block("w", due=PAST)))
    result = grade(late, {}, handed_in={key("problem", "w")})
    assert result.so_far is None
    assert result.subsections[0].waiting
    assert not grade(late, points(w=0), handed_in={key("problem", "w")}).subsections[0].waiting


def test_an_extension_of_the_learner_counts():
    late = course(subsection("w-1", WORK, block("w", due=PAST)))
    assert grade(late, {}, due=lambda node: FUTURE).so_far is None


def test_missing_subsections_are_padded_with_zeros():
    policy = GradingPolicy(types=(replace(QUIZ, weight=1, min_count=4, drop_count=1),), cutoffs={"Pass": 0.5})
    result = grade(course(subsection("quiz-1", QUIZ, block("a"))), points(a=9), policy)
    assert result.fraction == pytest.approx(0.9 / 3)
    assert result.types[0].missing == 3


def test_only_graded_visible_whole_blocks_of_a_named_type_count():
    root = course(
        subsection("practice", QUIZ, block("a"), graded=False),
        subsection("other", replace(QUIZ, name="Homework"), block("b")),
        subsection("hidden", QUIZ, block("c"), staff_only=True),
        subsection("empty", QUIZ, box("html", "text")),
        subsection("quiz", QUIZ, block("d"), block("e", error="broken"), block("f", staff_only=True), block("g", 0)),
    )
    columns = rules.grading_plan(root, POLICY).columns
    assert [column.node.display_name for column in columns] == ["quiz"]
    assert [node.display_name for node in columns[0].blocks] == ["d"]


def test_points_beyond_the_possible_ones_are_cut():
    root = course(subsection("quiz-1", QUIZ, block("a")), subsection("w-1", WORK, block("w")))
    assert grade(root, {key("problem", "w"): Earned(Decimal(15), Decimal(10))}).fraction == pytest.approx(0.8)
    assert grade(root, {key("problem", "w"): Earned(Decimal(-5), Decimal(10))}).fraction == 0


def test_a_course_without_a_policy_has_no_grade():
    result = grade(ROOT, points(a=10), GradingPolicy())
    assert (result.fraction, result.so_far, result.types) == (0, None, ())


@pytest.mark.parametrize(
    ("fraction", "shown"), [(0, 0), (0.5944, 59), (0.5945, 60), (0.595, 60), (0.999, 100), (1, 100)]
)
def test_percents_are_rounded_like_open_edx(fraction, shown):
    assert percent(fraction) == shown


def test_what_is_shown_decides_about_passing():
    policy = GradingPolicy(types=(replace(WORK, weight=1),), cutoffs={"Pass": 0.6})
    root = course(subsection("w-1", WORK, block("w", 1000)))
    assert grade(root, {key("problem", "w"): Earned(Decimal("594.5"), Decimal(1000))}, policy).passed
    assert not grade(root, {key("problem", "w"): Earned(Decimal(594), Decimal(1000))}, policy).passed


def test_the_first_course_of_this_repository_counts_quizzes_an_assignment_and_exercises():
    first = courseware.course(CourseKey.from_string("course-v1:ICIinSMEs+SME1+2026"))
    plan = rules.grading_plan(first.root, first.grading)
    names = [column.label for column in plan.columns]
    assert names == [
        *(f"Quiz {n}" for n in range(1, 7)),
        "Law",
        *(f"W {n}" for n in range(1, 6)),
        *(f"Tool {n}" for n in range(1, 6)),
    ]
    assert [sum(node.max_score for node in column.blocks) for column in plan.columns if column.label[0] == "W"] == [
        10
    ] * 5
    assert all(sum(node.max_score for node in column.blocks) for column in plan.columns)


# What must hold for every course

scores = st.lists(st.floats(0, 1), max_size=8)
counts = st.integers(0, 5)


@given(scores, counts)
def test_an_average_lies_between_zero_and_one(values, drop_count):
    assert 0 <= rules.average(values, drop_count) <= 1 + 1e-9


@given(scores, counts)
def test_dropping_one_more_never_lowers(values, drop_count):
    assert rules.average(values, drop_count + 1) >= rules.average(values, drop_count) - 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), counts)
def test_the_dropped_ones_are_the_lowest(values, drop_count):
    dropped = rules.lowest(values, drop_count)
    kept = [value for place, value in enumerate(values) if place not in dropped]
    assert len(dropped) == min(drop_count, len(values) - 1)
    assert all(values[place] <= min(kept) for place in dropped)


@st.composite
def courses(draw):
    """Draw a course, its policy (weights that need not sum to 1) and one learner's points."""
    types, subsections, earned = [], [], {}
    for number in range(draw(st.integers(1, 3))):
        kind = AssignmentType(
            name=f"Type {number}",
            short_label=f"T{number}",
            weight=draw(st.floats(0, 1.5)),
            min_count=draw(st.integers(0, 4)),
            drop_count=draw(st.integers(0, 3)),
        )
        types.append(kind)
        for place in range(draw(st.integers(0, 3))):
            blocks = []
            for part in range(draw(st.integers(1, 2))):
                node = block(f"{number}-{place}-{part}", draw(st.sampled_from([0.5, 1, 4, 10])))
                node = replace(node, due=draw(st.sampled_from([None, PAST, FUTURE])))
                blocks.append(node)
                if draw(st.booleans()):
                    possible = Decimal(str(node.max_score))
                    earned[node.usage_key] = Earned(possible * draw(st.sampled_from([0, 1, 2, 3, 4])) / 4, possible)
            subsections.append(subsection(f"{number}-{place}", kind, *blocks))
    return course(*subsections), GradingPolicy(types=tuple(types), cutoffs={"Pass": 0.6}), earned


@given(courses())
def test_grades_lie_between_zero_and_one(drawn):
    root, policy, earned = drawn
    result = grade(root, earned, policy)
    assert 0 <= result.fraction <= 1
    assert result.so_far is None or 0 <= result.so_far <= 1


@given(courses(), st.data())
def test_more_points_never_lower_the_final_grade(drawn, data):
    root, policy, earned = drawn
    blocks = [node for node in root.leaves() if node.has_score]
    if not blocks:
        return
    lucky = data.draw(st.sampled_from(blocks))
    more = {**earned, lucky.usage_key: Earned(Decimal(str(lucky.max_score)), Decimal(str(lucky.max_score)))}
    assert grade(root, more, policy).fraction >= grade(root, earned, policy).fraction - 1e-9


@given(courses())
def test_full_points_everywhere_make_the_sum_of_the_weights(drawn):
    root, policy, _earned = drawn
    policy = replace(policy, types=tuple(replace(kind, min_count=0) for kind in policy.types))
    full = {
        node.usage_key: Earned(Decimal(str(node.max_score)), Decimal(str(node.max_score)))
        for node in root.leaves()
        if node.has_score
    }
    result = grade(root, full, policy)
    held = sum(entry.type.weight for entry in result.types if entry.subsections)
    assert result.fraction == pytest.approx(min(1, held))
    assert result.so_far is None or result.so_far == pytest.approx(1)


@given(courses())
def test_once_everything_has_a_result_so_far_is_the_final_grade_by_its_weights(drawn):
    root, policy, earned = drawn
    policy = replace(policy, types=tuple(replace(kind, min_count=0) for kind in policy.types))
    nothing = {
        node.usage_key: Earned(Decimal(0), Decimal(str(node.max_score))) for node in root.leaves() if node.has_score
    }
    result = grade(root, {**nothing, **earned}, policy)
    weights = sum(entry.type.weight for entry in result.types if entry.subsections)
    if result.so_far is not None and weights <= 1:
        assert result.so_far * weights == pytest.approx(result.fraction)


def test_what_need_not_be_done_is_neither_nothing_nor_everything():
    root = course(subsection("w1", WORK, block("a")), subsection("w2", WORK, block("b")))
    plan = rules.grading_plan(root, GradingPolicy(types=(replace(WORK, weight=1.0),), cutoffs={"Pass": 0.6}))
    excused = {key("problem", "b"): Earned(Decimal(0), Decimal(0))}
    earned = points(a=7)
    assert rules.course_grade(plan, earned, now=NOW).fraction == pytest.approx(0.35)
    grade = rules.course_grade(plan, {**earned, **excused}, now=NOW)
    assert grade.fraction == grade.so_far == pytest.approx(0.7)
    assert not any(entry.dropped for entry in grade.types[0].subsections)


def test_a_part_of_a_subsection_that_need_not_be_done():
    root = course(subsection("w1", WORK, block("a"), block("b")))
    plan = rules.grading_plan(root, GradingPolicy(types=(replace(WORK, weight=1.0),), cutoffs={"Pass": 0.6}))
    excused = {key("problem", "b"): Earned(Decimal(0), Decimal(0))}
    assert rules.course_grade(plan, {**points(a=7), **excused}, now=NOW).fraction == pytest.approx(0.7)

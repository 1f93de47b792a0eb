from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from iciinsmes.toolbox.instruments.co_creation_workshop import INSTRUMENT, borda
from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, check_valid, show
from tests.examples import examples
from tests.toolbox.rows import compute, number, numbers

KEYS = "participant role idea rank"


def workshop(*rankings, roles=("customer",)):
    """Rows of people who rank the ideas a, b, c ... as digits say, with the roles in turn."""
    return [
        (f"P{person}", roles[person % len(roles)], idea, int(rank))
        for person, ranking in enumerate(rankings)
        for idea, rank in zip("abcdef", ranking, strict=False)
    ]


def question(result, key):
    return next(entry for entry in result.questions if entry.key == key)


def test_the_worked_agreement():
    result = compute(INSTRUMENT, KEYS, workshop("1234", "2134", "1324"))
    assert result.figure("agreement").value == pytest.approx(0.778, abs=1e-3)
    assert result.figure("agreement").n == 3


def test_borda_points():
    assert borda([1, 2, 1], ideas=4) == 3 + 2 + 3
    result = compute(INSTRUMENT, KEYS, workshop("1234", "2134", "1324"))
    assert result.table("ideas").column("idea") == ["a", "b", "c", "d"]
    assert result.table("ideas").column("points") == [8, 6, 4, 0]
    assert result.figure("per_person").value == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("rankings", "key", "level"),
    [
        (["1234"] * 6, "consensus", Level.GOOD),
        (["1234", "4321"] * 3, "no-consensus", Level.ATTENTION),
        (["1111"] * 6, "agreement-unknown", Level.NEUTRAL),
        (["1234"] * 5, "too-little-data", Level.TOO_LITTLE_DATA),
    ],
)
def test_verdicts(rankings, key, level):
    result = compute(INSTRUMENT, KEYS, workshop(*rankings))
    assert (result.verdict.key, result.verdict.level) == (key, level)


@pytest.mark.parametrize(
    ("others", "turned", "key"),
    [(5, 1, "agreement-by-chance"), (8, 1, "consensus"), (7, 1, "agreement-by-chance"), (6, 2, "no-consensus")],
)
def test_the_border_of_consensus(others, turned, key):
    # With two ideas W is the square of the lead in votes: ((others - turned) / people) squared; p is that of a coin.
    result = compute(INSTRUMENT, KEYS, workshop(*["12"] * others, *["21"] * turned))
    assert result.figure("agreement").value == pytest.approx(((others - turned) / (others + turned)) ** 2)
    assert result.figure("agreement_p").value == pytest.approx(
        stats.binomtest(turned, others + turned).pvalue, abs=0.01
    )
    assert result.verdict.key == key


def test_equals_share_the_first_place_and_the_first_three():
    shared = compute(INSTRUMENT, KEYS, workshop(*["1234", "2134"] * 3))
    assert show(shared.verdict.text).endswith("First place is shared by “a” and “b”.")
    rows = [(f"P{person}", "customer", idea, dots) for person in range(6)
            for idea, dots in (("a", 3), ("b", 2), ("c", 1), ("d", 1), ("e", 0))]  # fmt: skip
    dotted = compute(INSTRUMENT, "participant role idea dots", rows)
    assert dotted.table("ideas").column("top") == [True, True, True, True, False]
    assert check_decision(dotted.decision, chosen=3).right


def test_one_idea_is_no_choice():
    assert compute(INSTRUMENT, KEYS, workshop(*["1"] * 6)).verdict.key == "one-idea"


def test_dots_count_where_there_are_no_ranks():
    rows = [
        ("P1", "customer", "a", 2),
        ("P2", "employee", "b", 3),
        ("P3", "employee", "b ", 1),
        ("P4", "partner", "c", None),
    ]
    result = compute(INSTRUMENT, "participant role idea dots", rows)
    assert result.table("ideas").column("dots") == [4, 2, 0]
    assert result.charts[0].values == ("dots",)
    assert result.figure("agreement").value is None
    assert not result.estimates
    assert [answer.right for answer in question(result, "favourite").answers] == [False, True, False]


def test_without_votes_nothing_is_ahead():
    rows = [(f"P{person}", "customer", "a") for person in range(6)]
    assert compute(INSTRUMENT, "participant role idea", rows).verdict.key == "no-votes"


def test_odd_ranks_are_told():
    rows = [*workshop("123", "213", "112"), ("P9", "customer", "a", 17)]
    result = compute(INSTRUMENT, KEYS, rows)
    assert result.figure("agreement").n == 2
    assert [note.parameters for note in result.notes] == [{"left_out": 1}, {"people": 1}]


def test_the_better_of_two_ranks_counts():
    rows = [("P1", "customer", "a", 2), ("P1", "customer", "a", 1), ("P1", "customer", "b", 2)]
    assert compute(INSTRUMENT, KEYS, rows).table("ideas").column("points") == [1, 0]


@pytest.mark.parametrize(
    ("roles", "valid"),
    [
        (("customer", "employee"), True),
        (("lead_user", "employee"), True),
        (("customer", "employee", "employee"), False),
        (("partner", "employee"), False),
    ],
)
def test_three_customers_and_three_employees(roles, valid):
    assert check_valid(compute(INSTRUMENT, KEYS, workshop(*["123"] * 6, roles=roles))).right is valid


def test_groups_may_want_different_things():
    result = compute(INSTRUMENT, KEYS, workshop(*["123", "321"] * 3, roles=("customer", "employee")))
    assert result.table("groups").column("agreement") == [pytest.approx(1), pytest.approx(1)]
    assert result.table("groups").column("first") == ["a", "c"]
    assert [answer.right for answer in question(result, "same_favourite").answers] == [False, True]
    assert [answer.right for answer in question(result, "consensus").answers] == [False, True]


def test_every_slip_is_named():
    (estimate,) = compute(INSTRUMENT, KEYS, workshop("123", "123", "132")).estimates
    assert check_estimate(estimate, 1).right
    for slip in (8, 4):
        assert len(check_estimate(estimate, slip).texts) == 2


def test_one_of_the_first_three_needs_no_reason():
    decision = compute(INSTRUMENT, KEYS, workshop("1234")).decision
    assert check_decision(decision, chosen=2).right
    assert not check_decision(decision, chosen=3).right


@settings(max_examples=examples(30), deadline=None)
@given(st.integers(3, 6).flatmap(lambda ideas: st.lists(st.permutations(range(1, ideas + 1)), min_size=2, max_size=9)))
def test_agreement_follows_from_friedmans_test(rankings):
    rows = [
        (f"P{person}", "customer", f"idea {idea}", rank)
        for person, ranking in enumerate(rankings)
        for idea, rank in enumerate(ranking)
    ]
    result = compute(INSTRUMENT, KEYS, rows)
    ideas = len(rankings[0])
    w, p = (number(result.figure(key).value) for key in ("agreement", "agreement_p"))
    claims = {
        "consensus": w >= 0.3 and p < 0.05,
        "agreement-by-chance": w >= 0.3 and p >= 0.05,
        "no-consensus": w < 0.3,
        "too-little-data": len(rankings) < 6,
    }
    assert claims[result.verdict.key]
    chi_square = stats.friedmanchisquare(*zip(*rankings, strict=True)).statistic
    assert result.figure("agreement").value == pytest.approx(chi_square / len(rankings) / (ideas - 1), abs=1e-9)
    assert sum(numbers(result.table("ideas"), "points")) == len(rankings) * ideas * (ideas - 1) // 2

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import Level, check_decision, check_estimate, check_valid, show
from iciinsmes.toolbox.instruments.idea_competition import INSTRUMENT, mean_of
from tests.toolbox.rows import compute

KEYS = "idea_id rater criterion score"
CRITERIA = ("novelty", "benefit", "feasibility", "fit")


def judged(**scores):
    """Rows of ideas, each with a word of four digits from every rater."""
    return [
        (idea, f"R{rater}", criterion, int(score))
        for idea, judgements in scores.items()
        for rater, judgement in enumerate(judgements, 1)
        for criterion, score in zip(CRITERIA, judgement, strict=True)
    ]


OTHERS = dict.fromkeys("wxyz", ("2222", "2222", "2222"))


def test_each_criterion_counts_the_same():
    assert mean_of({"novelty": (4, 1), "benefit": (6, 3)}) == 3


def test_ideas_are_ordered_by_their_means():
    result = compute(INSTRUMENT, KEYS, judged(b=("1234", "3214"), a=("5555", "5551")))
    table = result.table("ideas")
    assert table.column("idea") == ["a", "b"]
    assert table.column("mean") == [4.5, 2.5]
    assert table.rows[1][2:] == (2, 2, 2, 4, 2)
    assert result.decision.ranking == ("a", "b")


@pytest.mark.parametrize(
    ("best", "key", "level", "stable"),
    [
        (("5555", "4444", "4444"), "stable", Level.GOOD, True),
        (("5555", "2222", "2222"), "stable", Level.GOOD, True),
        (("5555", "2222", "1111"), "hangs-on-one", Level.ATTENTION, False),
    ],
)
def test_borders_of_a_stable_first_place(best, key, level, stable):
    rows = judged(a=best, v=("1112", "1112", "1112"), **OTHERS)
    result = compute(INSTRUMENT, KEYS, rows, rules=True)
    assert (result.verdict.key, result.verdict.level) == (key, level)
    assert [answer.right for answer in result.questions[0].answers] == [stable, not stable]
    assert result.table("raters").column("decisive") == [not stable, False, False]


def test_raters_may_differ_below_a_stable_first_place():
    def word(total):
        return "".join(str(total // 4 + (place < total % 4)) for place in range(4))

    # Ten ideas that one rater orders upwards and the other downwards, below one that both like best.
    others = {f"idea {step}": (word(4 + step), word(14 - step)) for step in range(1, 11)}
    result = compute(INSTRUMENT, KEYS, judged(best=("5555", "5555"), **others))
    assert result.figure("agreement").value == pytest.approx(0.25)
    assert (result.verdict.key, result.verdict.level) == ("raters-differ", Level.NEUTRAL)


def test_two_raters_who_agree_on_three_ideas_may_do_so_by_chance():
    result = compute(INSTRUMENT, KEYS, judged(a=("5555", "5555"), b=("3333", "4444"), c=("1111", "1111")))
    assert result.figure("agreement").value == pytest.approx(1)
    assert result.figure("agreement_p").value == pytest.approx(1 / 6)
    assert "alike" not in show(result.verdict.text)


def test_ideas_with_the_same_mean_share_the_first_place():
    rows = judged(a=("5555", "4444"), b=("4444", "5555"), **dict.fromkeys("wxyz", ("2222", "2222")))
    result = compute(INSTRUMENT, KEYS, rows)
    assert show(result.verdict.text) == "First place is shared by “a” and “b”."
    assert result.questions == ()


def test_where_raters_judged_different_ideas_nothing_is_said_about_agreement():
    rows = judged(a=("5555", "5555"), **dict.fromkeys("wxyz", ("2222", "2222")))
    rows = [row for row in rows if row[:2] != ("w", "R1")] + [("w", "R3", "fit", 2)]
    result = compute(INSTRUMENT, KEYS, [*rows, ("v", "R3", "fit", 1), ("v", "R2", "fit", 1)])
    assert result.verdict.key == "agreement-unknown"


def test_a_single_rater_is_one_opinion():
    rows = judged(**dict.fromkeys("abcde", ("3333",)))
    result = compute(INSTRUMENT, KEYS, rows)
    assert (result.n, result.verdict.level) == (0, Level.TOO_LITTLE_DATA)
    assert result.questions == ()
    assert result.figure("agreement").value is None


@pytest.mark.parametrize("missing", ["rules", "two_raters", "criteria", None])
def test_conditions(missing):
    rows = judged(a=("5555", "4444"), b=("3333", "3333"), c=("3332", "3333"), d=("2222", "2222"), e=("1111", "1111"))
    if missing == "two_raters":
        rows += judged(f=("2222",))
    if missing == "criteria":
        rows = [row for row in rows if row[:1] + row[2:3] != ("a", "fit")]
    result = compute(INSTRUMENT, KEYS, rows, rules=missing != "rules")
    assert [condition.key for condition in result.conditions if not condition.met] == ([missing] if missing else [])
    assert check_valid(result).right is (missing is None)


def test_participation_and_feedback():
    keys = f"{KEYS} source received answered"
    came = date(2026, 3, 1)
    rows = [
        ("a", "R1", "fit", 3, "S1", came, date(2026, 3, 15)),
        ("b", "R1", "fit", 3, "S2", came, date(2026, 3, 16)),
        ("c", "R1", "fit", 3, "S2", came, None),
        ("d", "R1", "fit", 3, None, None, None),
    ]
    result = compute(INSTRUMENT, keys, rows, invited=8)
    assert result.figure("participation").value == 25
    assert result.figure("per_participant").value == 2
    assert (result.figure("feedback").value, result.figure("feedback").n) == (pytest.approx(100 / 3), 3)
    later = compute(INSTRUMENT, keys, rows, feedback_days=15)
    assert later.figure("feedback").value == pytest.approx(200 / 3)


def test_more_participants_than_invited_is_said():
    rows = [("a", "R1", "fit", 3, f"S{number}") for number in range(3)]
    result = compute(INSTRUMENT, f"{KEYS} source", rows, invited=2)
    assert "participation" not in [figure.key for figure in result.figures]
    assert len(result.notes) == 1


def test_every_slip_is_named():
    (estimate,) = compute(INSTRUMENT, KEYS, judged(a=("1111", "1111"), b=("1523", "1525"))).estimates
    assert check_estimate(estimate, 3).right
    for slip in (12, 5):
        assert len(check_estimate(estimate, slip).texts) == 2


def test_the_fourth_idea_needs_a_reason():
    decision = compute(INSTRUMENT, KEYS, judged(**dict.fromkeys("abcd", ("3333", "3333")))).decision
    assert check_decision(decision, chosen=2).right
    assert not check_decision(decision, chosen=3).right


cells = st.tuples(st.sampled_from("abc"), st.sampled_from("QRST"), st.sampled_from(CRITERIA), st.integers(1, 5))


@given(st.lists(cells, min_size=1, max_size=40))
def test_leaving_out_raters_one_by_one_gives_the_same_movers(rows):
    def means(rows):
        scores: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for idea, _rater, criterion, score in rows:
            scores[idea][criterion].append(score)
        return {
            idea: sum(Fraction(sum(given), len(given)) for given in by_criterion.values()) / len(by_criterion)
            for idea, by_criterion in scores.items()
        }

    full = means(rows)
    first = min(full, key=lambda idea: (-full[idea], idea))
    movers = set()
    for rater in {row[1] for row in rows}:
        left = means([row for row in rows if row[1] != rater])
        if left.get(first, 0) < max(left.values(), default=1):
            movers.add(rater)
    result = compute(INSTRUMENT, KEYS, rows)
    table = result.table("raters")
    decisive = zip(table.column("rater"), table.column("decisive"), strict=True)
    assert {rater for rater, is_decisive in decisive if is_decisive} == movers
    assert result.figure("movers").value == len(movers)
    assert dict(zip(*map(result.table("ideas").column, ("idea", "mean")), strict=True)) == pytest.approx(
        {idea: float(mean) for idea, mean in full.items()}
    )

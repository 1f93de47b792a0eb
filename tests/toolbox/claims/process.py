"""Claims of T11 to T20."""

from __future__ import annotations

from .seen import ATTENTION, EPSILON, GOOD, NEUTRAL, Claims, Seen, claim, highest, near


def _outcome(seen: Seen, low: float, high: float) -> bool:
    score = seen.pairs("outcomes", "outcome", "score")[seen.named[0]]
    return near(seen.numbers[0], score) and low <= score < high and low <= seen.numbers[0] < high


def _categories(seen: Seen) -> set[str]:
    return set(seen.column("features", "category"))


def _of(seen: Seen, *categories: str) -> bool:
    """All that the sentence names are of these categories."""
    found = seen.pairs("features", "feature", "category")
    return bool(seen.named) and {found[name] for name in seen.named if name in found} <= set(categories)


def _at_risk(seen: Seen) -> bool:
    """So many are at risk, with such a share of sales, and none of them bought once."""
    shares = dict(zip(("champions", "new", "at_risk", "lost", "others"), seen.column("segments", "sales_share"),
                      strict=True))  # fmt: skip
    is_share = len(seen.numbers) == 1 or near(seen.numbers[1], shares["at_risk"])
    return (
        seen.numbers[0] == seen.figure("at_risk") > 0
        and is_share
        and all(orders > 1 for orders in seen.column("at_risk", "orders"))
    )


def _item(seen: Seen, key: str) -> float | None:
    value: float | None = seen.pairs("items", "item", key)[seen.named[0]]
    return value


def _late(seen: Seen) -> int:
    late: int = seen.figure("overdue")
    return late


def _is_first(seen: Seen) -> bool:
    """Who comes first has the most points, or the most dots where there are no ranks."""
    by = "points" if any(seen.column("ideas", "votes")) else "dots"
    return set(seen.named) <= highest(seen.pairs("ideas", "idea", by))


def _is_only_first(seen: Seen) -> bool:
    return {seen.named[0]} == highest(seen.pairs("ideas", "idea", "mean"))


def _heaviest(seen: Seen, table: str, thing: str, weight: str) -> bool:
    values = seen.pairs(table, thing, weight)
    return set(seen.named) <= highest(values) and near(seen.numbers[0], max(values.values()))


def _agrees(seen: Seen) -> bool:
    ratio = seen.figure("ratio")
    return seen.met("reciprocal") and (ratio is None or ratio <= 0.1)


PROCESS: dict[str, Claims] = {
    "T11": {
        "unmet": claim(
            lambda seen: _outcome(seen, 12, 21)
            and seen.pairs("outcomes", "outcome", "satisfaction")[seen.named[0]]
            < seen.pairs("outcomes", "outcome", "importance")[seen.named[0]],
            ATTENTION,
        ),
        "worth-considering": claim(
            lambda seen: _outcome(seen, 10, 12) and max(seen.column("outcomes", "score")) < 12, NEUTRAL
        ),
        "served-open": claim(
            lambda seen: max(seen.column("outcomes", "score")) < 10 and max(seen.column("outcomes", "high")) >= 12,
            NEUTRAL,
        ),
        "overserved": claim(
            lambda seen: max(seen.column("outcomes", "high")) < 12
            and seen.pairs("outcomes", "outcome", "class")[seen.named[0]] == "Overserved",
            NEUTRAL,
        ),
        "served": claim(
            lambda seen: max(seen.column("outcomes", "high")) < 12 and seen.figure("overserved") == 0, GOOD
        ),
    },
    "T12": {
        "must-be-first": claim(lambda seen: _of(seen, "Must-be"), ATTENTION),
        "must-be-unsure": claim(lambda seen: _of(seen, "Must-be"), ATTENTION),
        "no-must-be": claim(
            lambda seen: "Must-be" not in _categories(seen)
            and _of(seen, "Performance", "Delight")
            and not seen.pairs("features", "feature", "mixed")[seen.named[0]],
            GOOD,
        ),
        "mixed": claim(lambda seen: "Must-be" not in _categories(seen), NEUTRAL),
        "not-understood": claim(
            lambda seen: _categories(seen) <= {"Questionable", "Reverse", "Indifferent"} and _of(seen, "Questionable"),
            ATTENTION,
        ),
        "reverse": claim(
            lambda seen: _categories(seen) <= {"Reverse", "Indifferent"} and _of(seen, "Reverse"), NEUTRAL
        ),
        "indifferent": claim(lambda seen: _categories(seen) == {"Indifferent"}, NEUTRAL),
    },
    "T13": {
        "losing": claim(
            lambda seen: _at_risk(seen)
            and seen.figure("champions") > 0
            and seen.column("segments", "sales")[2] > seen.column("segments", "sales")[0],
            ATTENTION,
        ),
        "some-at-risk": claim(_at_risk, NEUTRAL),
        "none-at-risk": claim(
            lambda seen: seen.figure("at_risk") == 0 and seen.figure("orders") > seen.figure("customers"), GOOD
        ),
        "nobody-came-back": claim(lambda seen: seen.figure("orders") == seen.figure("customers"), NEUTRAL),
    },
    "T14": {
        "dependent": claim(
            lambda seen: near(seen.numbers[0], seen.figure("largest_share")) and seen.numbers[0] > 30, ATTENTION
        ),
        "spread": claim(
            lambda seen: near(seen.numbers[0], seen.figure("largest_share"))
            and seen.numbers[0] <= 30
            and True not in seen.column("customers", "above_limit"),
            GOOD,
        ),
    },
    "T15": {
        "concentrate": claim(
            lambda seen: seen.figure("items") > 1
            and (_item(seen, "high") or 0) < 0
            and near(seen.numbers[0], _item(seen, "gap"))
            and _item(seen, "expectation") >= sum(seen.column("items", "expectation")) / seen.figure("items") - EPSILON,
            ATTENTION,
        ),
        "some-behind": claim(
            lambda seen: (_item(seen, "high") or 0) < 0
            and near(-seen.numbers[0], _item(seen, "gap"))
            and ("Other things" in seen.said) == (seen.figure("items") > 1),
            NEUTRAL,
        ),
        "as-expected": claim(
            lambda seen: seen.figure("behind") == 0
            and ("beyond chance" in seen.said or min(seen.column("items", "gap")) >= 0),
            GOOD,
            NEUTRAL,
        ),
    },
    "T16": {
        "advice-waits": claim(
            lambda seen: seen.numbers == [_late(seen), seen.column("overdue", "days")[0]] and seen.numbers[1] > 60,
            ATTENTION,
        ),
        "too-many": claim(
            lambda seen: _late(seen) == 0 and seen.figure("members") > 12 and seen.met("balance"), ATTENTION
        ),
        "one-sided": claim(
            lambda seen: _late(seen) == 0 and not (seen.met("balance") and seen.met("coverage")), ATTENTION
        ),
        "no-advice": claim(lambda seen: seen.figure("answered") is None and seen.met("balance"), NEUTRAL),
        "few-answered": claim(
            lambda seen: seen.figure("answered") < 50 and near(100 * seen.numbers[1] / seen.numbers[0],
                                                               seen.figure("answered")), NEUTRAL
        ),
        "nothing-done": claim(lambda seen: seen.figure("answered") >= 50 and seen.figure("implemented") == 0, NEUTRAL),
        "heard": claim(
            lambda seen: seen.figure("answered") >= 50
            and seen.figure("implemented") > 0
            and _late(seen) == 0
            and seen.met("balance")
            and seen.met("coverage"),
            GOOD,
        ),
    },
    "T17": {
        "no-votes": claim(
            lambda seen: not any(seen.column("ideas", "dots") + seen.column("ideas", "votes")), ATTENTION
        ),
        "one-idea": claim(lambda seen: seen.figure("ideas") == 1, ATTENTION),
        "agreement-unknown": claim(lambda seen: _is_first(seen) and seen.figure("agreement") is None, NEUTRAL),
        "no-consensus": claim(
            lambda seen: _is_first(seen) and seen.numbers[0] < 0.3 > seen.figure("agreement"), ATTENTION
        ),
        "agreement-by-chance": claim(
            lambda seen: _is_first(seen) and seen.numbers[0] >= 0.3 and seen.figure("agreement_p") >= 0.05, NEUTRAL
        ),
        "consensus": claim(
            lambda seen: _is_first(seen) and seen.numbers[0] >= 0.3 and seen.figure("agreement_p") < 0.05, GOOD
        ),
    },
    "T18": {
        "one-opinion": claim(lambda seen: seen.figure("raters") < 2, ATTENTION),
        "one-idea": claim(lambda seen: seen.figure("ideas") == 1, ATTENTION),
        "shared": claim(lambda seen: set(seen.named) <= highest(seen.pairs("ideas", "idea", "mean")), NEUTRAL),
        "hangs-on-one": claim(
            lambda seen: _is_only_first(seen) and seen.figure("movers") > 0 and seen.right("is_stable") == ["No"],
            ATTENTION,
        ),
        "agreement-unknown": claim(
            lambda seen: _is_only_first(seen) and seen.figure("movers") == 0 and seen.figure("agreement") is None,
            NEUTRAL,
        ),
        "raters-differ": claim(
            lambda seen: _is_only_first(seen) and seen.figure("movers") == 0 and seen.figure("agreement") < 0.3, NEUTRAL
        ),
        "agreement-by-chance": claim(
            lambda seen: _is_only_first(seen) and seen.figure("movers") == 0 and seen.figure("agreement_p") >= 0.05,
            NEUTRAL,
        ),
        "stable": claim(
            lambda seen: _is_only_first(seen)
            and seen.figure("movers") == 0
            and seen.figure("agreement") >= 0.3
            and seen.figure("agreement_p") < 0.05,
            GOOD,
        ),
    },
    "T19": {
        "tie": claim(lambda seen: seen.column("ideas", "first").count(True) > 1, NEUTRAL),
        "robust": claim(
            lambda seen: seen.figure("turning") == 0
            and {seen.named[0]} == {name for name, first in seen.pairs("ideas", "idea", "first").items() if first}
            and set(seen.column("sensitivity", "less") + seen.column("sensitivity", "more")) == {seen.named[0]},
            GOOD,
        ),
        "sensitive": claim(
            lambda seen: seen.figure("turning") > 0
            and seen.column("ideas", "idea")[0] == seen.named[0]
            and seen.pairs("sensitivity", "part", "less" if "less" in seen.said else "more")[seen.named[1]]
            == seen.named[2]
            != seen.named[0],
            ATTENTION,
        ),
    },
    "T20": {
        "too-many": claim(lambda seen: seen.numbers[0] == seen.result.n > 9, ATTENTION),
        "nothing-compared": claim(lambda seen: not seen.result.tables, ATTENTION),
        "incomplete": claim(lambda seen: not seen.result.tables and seen.numbers[0] > 0, ATTENTION),
        "contradictory": claim(lambda seen: not seen.met("reciprocal") and seen.numbers[0] > 0, ATTENTION),
        "inconsistent": claim(
            lambda seen: seen.met("reciprocal") and seen.figure("ratio") > 0.1 < seen.numbers[0], ATTENTION
        ),
        "circle": claim(_agrees, ATTENTION),
        "people-differ": claim(lambda seen: _agrees(seen) and seen.right("consistent") in ([], ["Yes"]), NEUTRAL),
        "consistent": claim(
            lambda seen: _agrees(seen)
            and _heaviest(seen, "weights", "thing", "weight")
            and seen.right("consistent") in ([], ["Yes"]),
            GOOD,
        ),
    },
}  # fmt: skip

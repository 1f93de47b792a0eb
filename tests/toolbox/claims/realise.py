"""Claims of T21 to T30."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from .seen import ATTENTION, EPSILON, GOOD, NEUTRAL, Claims, Seen, claim, highest, near

_MEASURES = {"success": "Managed everything", "sus": "Usability (SUS)", "disappointed": "Very disappointed without it"}


def _half(one: float, other: float) -> bool:
    """Equal but for rounding to whole numbers."""
    return abs(one - other) <= 0.5 + EPSILON


def _variants(seen: Seen) -> dict[str, float]:
    found: dict[str, float] = seen.pairs("variants", "variant", "share")
    return found


def _brings_more(seen: Seen) -> bool:
    """The variant named is the best, is marked so, and no interval of a difference holds 0."""
    if {seen.named[0]} != highest(_variants(seen)) or seen.figure("p") >= 0.05:
        return False
    if seen.pairs("variants", "variant", "better")[seen.named[0]] is not True:
        return False
    if len(_variants(seen)) > 2:
        return near(seen.numbers[0], seen.figure("best_share"))
    low, high = seen.ends("difference")
    return not low <= 0 <= high and 0 < seen.numbers[0] <= seen.numbers[1]


def _nothing_proven(seen: Seen) -> bool:
    if seen.figure("p") < 0.05 or True in seen.column("variants", "better"):
        return False
    if len(_variants(seen)) > 2:
        return set(seen.named) <= highest(_variants(seen))
    low, high = seen.ends("difference")
    return low <= 0 <= high and seen.numbers[0] <= 0 <= seen.numbers[1]


def _fall(seen: Seen) -> bool:
    now, then = seen.numbers
    share, change = (seen.pairs("steps", "end", key)[seen.named[0]] for key in ("share", "change"))
    return now < then and change < 0 and near(now, share) and near(then, share - change)


def _gate(seen: Seen) -> bool:
    """All musts are met, none is open, and the should criteria reach 60 %."""
    return "no" not in seen.column("gate", "result") and seen.met("answered") and seen.figure("should") >= 60 - EPSILON


def _option(seen: Seen, key: str) -> float:
    return cast("float", seen.options[key])


def _price(seen: Seen) -> tuple[float, float, float]:
    return _option(seen, "price"), seen.figure("low"), seen.figure("high")


def _near_an_end(seen: Seen) -> bool:
    price = _price(seen)[0]
    return any(low <= price <= high for low, high in (seen.ends("low"), seen.ends("high")))


def _fits_level(seen: Seen) -> bool:
    return ("near an end" in seen.said) == _near_an_end(seen) == (seen.result.verdict.level is NEUTRAL)


def _measured(seen: Seen) -> float:
    value: float = seen.pairs("measures", "measure", "value")[_MEASURES[str(seen.options["measure"])]]
    return value


def _may_be_less(seen: Seen) -> bool:
    low = seen.pairs("measures", "measure", "low")[_MEASURES[str(seen.options["measure"])]]
    return low is not None and low < _option(seen, "threshold")


def _weakest(seen: Seen) -> bool:
    scores = seen.pairs("dimensions", "dimension", "score")
    lowest = {name for name, score in scores.items() if score == min(scores.values())}
    if len(lowest) == len(scores):
        return "All dimensions are equal" in seen.said
    return seen.said.rstrip(".").endswith(", ".join(name for name in scores if name in lowest))


def _band(low: float, high: float) -> Callable[[Seen], bool]:
    """The mean as it is read lies in the band; of technologies the count does."""

    def holds(seen: Seen) -> bool:
        mean = seen.numbers[0]
        return near(mean, seen.figure("mean")) and low <= mean + 0.5 < high + 1 and _weakest(seen)

    return holds


def _intensity(low: int, high: int) -> Callable[[Seen], bool]:
    return lambda seen: seen.numbers[0] == seen.figure("technologies") and low <= seen.numbers[0] <= high


REALISE: dict[str, Claims] = {
    "T21": {
        "fit": claim(lambda seen: seen.figure("fit") >= 60 - EPSILON and seen.numbers[0] >= 60, GOOD),
        "unproven": claim(
            lambda seen: seen.figure("fit") < 60 <= seen.numbers[0] and seen.numbers[1] < 60, NEUTRAL
        ),
        "no-needs": claim(lambda seen: not seen.column("needs", "need"), ATTENTION),
        "gaps": claim(
            lambda seen: seen.figure("promised") < 60
            and (seen.named[0], 0) in zip(seen.column("needs", "need"), seen.column("needs", "links"), strict=True),
            ATTENTION,
        ),
    },
    "T22": {
        "test-first": claim(
            lambda seen: seen.numbers == [seen.figure("leaps")]
            and seen.column("assumptions", "test_first").count(True) == seen.figure("leaps") > 0
            and (not seen.right("riskiest") or seen.named[0] in seen.right("riskiest")),
            ATTENTION,
        ),
        "well-known": claim(lambda seen: seen.figure("leaps") == 0 < seen.figure("changes"), GOOD),
        "no-change": claim(lambda seen: seen.figure("leaps") == seen.figure("changes") == 0, NEUTRAL),
    },
    "T23": {
        "unmet-wish": claim(
            lambda seen: seen.numbers == [seen.figure("unmet")]
            and seen.column("wishes", "served").count(False) == seen.figure("unmet") > 0
            and not seen.pairs("wishes", "wish", "served")[seen.named[0]],
            ATTENTION,
        ),
        "needless-feature": claim(
            lambda seen: seen.figure("unmet") == 0
            and seen.numbers == [seen.figure("needless")]
            and not seen.pairs("features", "feature", "serves")[seen.named[0]],
            NEUTRAL,
        ),
        "complete": claim(
            lambda seen: seen.figure("unmet") == seen.figure("needless") == 0
            and set(seen.named) <= highest(seen.pairs("features", "feature", "weight"))
            and near(seen.numbers[0], seen.column("features", "share")[0]),
            GOOD,
        ),
    },
    "T24": {
        "unusable-cards": claim(lambda seen: not seen.result.tables, ATTENTION),
        "mixed-up": claim(lambda seen: not seen.result.tables, ATTENTION),
        "reversals": claim(
            lambda seen: near(100 * seen.numbers[0] / seen.numbers[1], seen.figure("reversals"))
            and seen.figure("reversals") > 25,
            ATTENTION,
        ),
        "clear": claim(
            lambda seen: {seen.named[0]} == highest(seen.pairs("importance", "attribute", "importance"))
            and seen.right("is_ahead") == ["Yes"],
            GOOD,
        ),
        "unclear": claim(
            lambda seen: seen.named[0] in highest(seen.pairs("importance", "attribute", "importance"))
            and seen.right("is_ahead") != ["Yes"],
            NEUTRAL,
        ),
    },
    "T25": {
        "range": claim(lambda seen: seen.options["price"] is None and seen.numbers[0] <= seen.numbers[1], NEUTRAL),
        "price-below": claim(
            lambda seen: _price(seen)[0] < _price(seen)[1] and _fits_level(seen) and seen.numbers[0] < seen.numbers[1],
            ATTENTION, NEUTRAL,
        ),
        "price-above": claim(
            lambda seen: _price(seen)[0] > _price(seen)[2] and _fits_level(seen) and seen.numbers[0] > seen.numbers[2],
            ATTENTION, NEUTRAL,
        ),
        "price-in-range": claim(
            lambda seen: _price(seen)[1] <= _price(seen)[0] <= _price(seen)[2]
            and _fits_level(seen)
            and seen.numbers[1] <= seen.numbers[0] <= seen.numbers[2],
            GOOD, NEUTRAL,
        ),
    },
    "T26": {
        "not-measured": claim(lambda seen: _measured(seen) is None, ATTENTION),
        "no-threshold": claim(lambda seen: seen.options["threshold"] is None, NEUTRAL),
        "reached": claim(
            lambda seen: _measured(seen) >= _option(seen, "threshold") - EPSILON
            and seen.right("reached") == ["Yes"]
            and seen.numbers[0] >= _option(seen, "threshold") - EPSILON
            and ("keep measuring" in seen.said) == _may_be_less(seen),
            GOOD,
        ),
        "close": claim(
            lambda seen: _measured(seen) < _option(seen, "threshold") and seen.right("reached") == ["No"], NEUTRAL
        ),
        "missed": claim(
            lambda seen: _measured(seen) < _option(seen, "threshold") and seen.right("reached") == ["No"], ATTENTION
        ),
    },
    "T27": {
        "too-small": claim(
            lambda seen: seen.numbers == [seen.figure("smaller"), seen.figure("planned")]
            and seen.numbers[0] < seen.numbers[1]
            and True not in seen.column("variants", "better"),
            ATTENTION,
        ),
        "difference": claim(_brings_more, GOOD),
        "no-proof": claim(_nothing_proven, NEUTRAL),
    },
    "T28": {
        "no-steps": claim(lambda seen: set(seen.column("steps", "share")) <= {None}, ATTENTION),
        "step-got-worse": claim(
            lambda seen: _fall(seen) and seen.figure("p") < 0.05 and seen.right("proven") == ["Yes"], ATTENTION
        ),
        "within-chance": claim(
            lambda seen: _fall(seen) and seen.figure("p") >= 0.05 and seen.right("proven") != ["Yes"], NEUTRAL
        ),
        "no-step-worse": claim(
            lambda seen: all(change is not None and change >= 0 for change in seen.column("steps", "change")), GOOD
        ),
        "not-all-compared": claim(
            lambda seen: all(change is None or change >= 0 for change in seen.column("steps", "change")), NEUTRAL
        ),
        "one-period": claim(
            lambda seen: not any(change is not None for change in seen.column("steps", "change"))
            and near(seen.numbers[0], min(share for share in seen.column("steps", "share") if share is not None)),
            NEUTRAL,
        ),
    },
    "T29": {
        "kill": claim(lambda seen: (seen.named[0], "no") in zip(
            seen.column("gate", "item"), seen.column("gate", "result"), strict=True), ATTENTION),
        "recycle": claim(lambda seen: seen.numbers[0] < 60 > seen.figure("should"), ATTENTION),
        "incomplete": claim(
            lambda seen: not all(condition.met for condition in seen.result.conditions)
            and (seen.figure("npv") is None or seen.figure("npv") >= 0
                 or not (seen.met("income") and seen.met("cost"))),
            NEUTRAL,
        ),
        "incomplete-and-losing": claim(
            lambda seen: seen.figure("npv") < 0 < seen.numbers[0] and _half(-seen.numbers[0], seen.figure("npv")),
            ATTENTION,
        ),
        "hold": claim(
            lambda seen: _gate(seen) and seen.figure("npv") < 0 < seen.numbers[0]
            and _half(-seen.numbers[0], seen.figure("npv")),
            ATTENTION,
        ),
        "go": claim(
            lambda seen: _gate(seen)
            and seen.figure("npv") >= 0
            and _half(seen.numbers[0], seen.figure("npv"))
            and ("loses" in seen.said) == (seen.figure("npv_cautious") < 0) == (seen.right("cautious") == ["No"]),
            GOOD,
        ),
    },
    "T30": {
        "basic": claim(_band(0, 25), ATTENTION),
        "average": claim(_band(26, 50), NEUTRAL),
        "moderately-advanced": claim(_band(51, 75), GOOD),
        "advanced": claim(_band(76, 100), GOOD),
        "intensity-very-low": claim(_intensity(0, 3), ATTENTION),
        "intensity-low": claim(_intensity(4, 6), NEUTRAL),
        "intensity-high": claim(_intensity(7, 9), GOOD),
        "intensity-very-high": claim(_intensity(10, 12), GOOD),
    },
}  # fmt: skip

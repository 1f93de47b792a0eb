"""Claims of T01 to T10."""

from __future__ import annotations

from collections.abc import Callable

from .seen import ATTENTION, EPSILON, GOOD, NEUTRAL, Claims, Seen, claim, highest, near


def _group_behind(table: str) -> Callable[[Seen], bool]:
    def holds(seen: Seen) -> bool:
        worst, best = seen.named
        low, high, behind = (seen.pairs(table, "group", key) for key in ("low", "high", "behind"))
        return bool(high[worst] < low[best] and behind[worst] and not behind[best])

    return holds


def _to_goal(figure: str) -> Claims:
    table, behind = ("touchpoints", "touchpoint-behind") if figure == "satisfied" else ("processes", "process-behind")
    return {
        "goal-missed": claim(lambda seen: seen.ends(figure)[1] < seen.numbers[2] > seen.numbers[1], ATTENTION),
        "goal-reached": claim(
            lambda seen: (
                seen.ends(figure)[0] >= seen.numbers[2] <= seen.numbers[0] and True not in seen.column(table, "behind")
            ),
            GOOD,
        ),
        "open": claim(
            lambda seen: (
                seen.ends(figure)[0] < seen.numbers[2] <= seen.ends(figure)[1]
                and seen.numbers[0] < seen.numbers[2] <= seen.numbers[1]
                and True not in seen.column(table, "behind")
            ),
            NEUTRAL,
        ),
        behind: claim(_group_behind(table), ATTENTION),
    }


def _survey_needs(seen: Seen) -> bool:
    """More answers are asked for than there were, and the margin is wider than wished."""
    margin, wanted, needed = seen.numbers
    return margin > wanted and near(margin, seen.figure("margin")) and needed == seen.figure("needed") > seen.result.n


def _recommended(seen: Seen) -> bool:
    n, low, high = seen.numbers
    return n == seen.result.n and low < high and near(low, seen.ends("nps")[0]) and near(high, seen.ends("nps")[1])


def _vital(seen: Seen) -> bool:
    """So many of the largest causes bring at least 80 %, and one fewer does not."""
    few, causes = seen.figure("vital_few"), seen.figure("causes")
    cumulated = seen.column("causes", "cumulated")
    reaches = cumulated[few - 1] >= 80 - EPSILON and (few == 1 or cumulated[few - 2] < 80)
    return seen.numbers[:2] == [few, causes] and reaches and seen.column("causes", "vital").count(True) == few


def _first_cause(seen: Seen) -> bool:
    return seen.named[0] == seen.column("causes", "cause")[0]


def _most_frequent(seen: Seen) -> bool:
    return set(seen.named) <= highest(seen.pairs("themes", "theme", "texts"))


def _pain(seen: Seen) -> bool:
    """The most pain is where the sentence says, whether or not customers are dissatisfied there."""
    bad = seen.column("steps", "bad").count(True)
    return seen.numbers == [bad, seen.figure("steps")] and set(seen.named) <= highest(
        seen.pairs("steps", "step", "pain")
    )


ACQUIRE: dict[str, Claims] = {
    "T01": {
        "exact-enough": claim(lambda seen: seen.numbers[0] <= seen.numbers[1], GOOD),
        "ask-more": claim(_survey_needs, ATTENTION),
        "more-must-answer": claim(
            lambda seen: _survey_needs(seen) and seen.figure("if_all") < seen.figure("needed"), ATTENTION
        ),
    },
    "T02": {
        "more-promoters": claim(lambda seen: _recommended(seen) and seen.numbers[1] > 0 < seen.ends("nps")[0], GOOD),
        "more-detractors": claim(
            lambda seen: _recommended(seen) and seen.numbers[2] < 0 > seen.ends("nps")[1], ATTENTION
        ),
        "open": claim(lambda seen: _recommended(seen) and seen.numbers[1] <= 0 <= seen.numbers[2], NEUTRAL),
    },
    "T03": _to_goal("satisfied"),
    "T04": _to_goal("easy"),
    "T05": {
        "one-cause": claim(lambda seen: seen.figure("causes") == 1, NEUTRAL),
        "vital-few": claim(
            lambda seen: _vital(seen) and _first_cause(seen) and 2 * seen.numbers[0] <= seen.numbers[1] + 1, GOOD
        ),
        "no-vital-few": claim(lambda seen: _vital(seen) and seen.numbers[0] > 0.4 * seen.numbers[1], NEUTRAL),
    },
    "T06": {
        "no-themes": claim(lambda seen: not seen.column("themes", "theme"), NEUTRAL),
        "codes-differ": claim(lambda seen: seen.numbers[0] < 0.6 and near(seen.numbers[0], seen.figure("kappa")),
                              ATTENTION),
        "few-covered": claim(lambda seen: seen.numbers[0] < 50 > seen.figure("covered"), NEUTRAL),
        "weak-theme": claim(
            lambda seen: seen.pairs("themes", "theme", "weak")[seen.named[0]]
            and near(seen.numbers[0], seen.pairs("themes", "theme", "stars")[seen.named[0]]),
            ATTENTION,
        ),
        "no-weak-theme": claim(
            lambda seen: _most_frequent(seen)
            and True not in seen.column("themes", "weak")
            and (seen.result.verdict.level is NEUTRAL or None not in seen.column("themes", "stars")),
            GOOD,
            NEUTRAL,
        ),
        "themes": claim(_most_frequent, NEUTRAL),
    },
    "T07": {
        "not-saturated": claim(lambda seen: seen.numbers[0] == seen.figure("new_codes") > 1, ATTENTION),
        "one-community": claim(
            lambda seen: seen.figure("new_codes") <= 1 and seen.figure("communities") == 1, NEUTRAL
        ),
        "saturated": claim(lambda seen: seen.figure("new_codes") <= 1 < seen.figure("communities"), GOOD),
    },
    "T08": {
        "moment-of-truth-hurts": claim(
            lambda seen: seen.pairs("steps", "step", "bad")[seen.named[0]]
            and seen.pairs("steps", "step", "moment")[seen.named[0]],
            ATTENTION,
        ),
        "dissatisfied": claim(_pain, ATTENTION),
        "smooth": claim(lambda seen: True not in seen.column("steps", "bad"), GOOD),
    },
    "T09": {
        "invented": claim(
            lambda seen: seen.numbers[0] < 70
            and min(seen.column("personas", "share")) < 70
            and not seen.met("ratio"),
            ATTENTION,
        ),
        "gaps": claim(lambda seen: seen.met("ratio") and not seen.met("fields") and seen.numbers[0] > 0, NEUTRAL),
        "grounded": claim(
            lambda seen: seen.met("ratio")
            and seen.met("fields")
            and min(seen.column("personas", "share")) >= 70 - EPSILON,
            GOOD,
        ),
    },
    "T10": {
        "own-solutions": claim(
            lambda seen: seen.numbers == [seen.figure("lead_users"), seen.figure("own_solutions")]
            and seen.figure("own_solutions") > 0,
            GOOD,
        ),
        "lead-users": claim(
            lambda seen: seen.numbers == [seen.figure("lead_users")] and seen.figure("own_solutions") == 0, GOOD
        ),
        "nobody-stands-out": claim(
            lambda seen: seen.options["rule"] == "top_tenth" and 4 * seen.numbers[0] > seen.result.n, NEUTRAL
        ),
        "none-found": claim(lambda seen: seen.figure("lead_users") == 0, ATTENTION),
    },
}  # fmt: skip

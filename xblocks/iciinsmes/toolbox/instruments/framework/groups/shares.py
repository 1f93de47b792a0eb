"""Shares: of answers, in all and by group, with the intervals that tell which differ; of a whole, as A, B and C do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from ..estimation.intervals import SIGNIFICANT, wilson
from ..estimation.two_shares import Variant, compare
from ..result.charts import bars
from ..result.parts import Chart, Figure, ResultTable, Rows, Shown, Unit, noted
from ..texts.message import Text, msg
from ..texts.words import grouped

#: Groups with fewer answers are not shown on their own: their interval would span nearly the whole scale.
MINIMUM_GROUP = 5

#: Among so many groups the lowest and the highest interval lie apart by chance in about 1 of 20 cases.
_FEW_GROUPS = 6

#: Up to these shares of all weight the classes A and B go.
CLASS_A_SHARE = 0.8
CLASS_B_SHARE = 0.95

#: Room for rounding where what was computed is compared with a limit.
EPSILON = 1e-9


class GroupShare(NamedTuple):
    """How many of the answers of a group count; ``n`` is at least 1."""

    name: Text | str
    hits: int
    n: int

    @property
    def percent(self) -> float:
        """The share, 0 to 100."""
        return 100 * self.hits / self.n

    @property
    def low(self) -> float:
        """Lower end of its interval (Wilson), in percent."""
        return wilson(self.hits, self.n).percent.low

    @property
    def high(self) -> float:
        """Upper end of its interval (Wilson), in percent."""
        return wilson(self.hits, self.n).percent.high


class Standing(Enum):
    """Where a share lies, with all its interval, beside a goal."""

    ABOVE = "above"
    BELOW = "below"
    OPEN = "open"


def standing(share: GroupShare, goal: float) -> Standing:
    """Compare a share with a goal in percent; open where the interval holds the goal."""
    if share.low >= goal:
        return Standing.ABOVE
    return Standing.BELOW if share.high < goal else Standing.OPEN


def by_group(names: Sequence[str], counts: Sequence[bool]) -> list[GroupShare]:
    """Return the shares of groups with enough answers, lowest first.

    Args:
        names: the group of each answer; empty ones are in no group.
        counts: whether each answer counts.
    """
    groups = grouped(names).items()
    shares = [GroupShare(name, sum(counts[row] for row in rows), len(rows)) for name, rows in groups if name]
    known = [share for share in shares if share.n >= MINIMUM_GROUP]
    return sorted(known, key=lambda share: (share.percent, str(share.name)))


def behind(shares: Sequence[GroupShare]) -> list[GroupShare]:
    """Return the shares whose interval ends below the one of the best: chance does not explain the difference.

    Of many groups the lowest and the highest often lie that far apart by chance: there the difference must also be
    proven with the number of pairs taken into account (Bonferroni).
    """
    if not shares:
        return []
    top = best(shares)
    far = [share for share in shares if share.high < top.low]
    if len(shares) <= _FEW_GROUPS:
        return far
    pairs = math.comb(len(shares), 2)
    return [share for share in far if pairs * compare(_variant(top), _variant(share)).p < SIGNIFICANT]


def _variant(share: GroupShare) -> Variant:
    return Variant("", share.n, share.hits)


def best(shares: Sequence[GroupShare]) -> GroupShare:
    """Return the share whose interval begins highest; at least one share."""
    return max(shares, key=lambda share: share.low)


def small_groups(names: Sequence[str]) -> tuple[Text, ...]:
    """Return a note about groups that are not shown on their own, none if all are."""
    few = sum(len(rows) < MINIMUM_GROUP for name, rows in grouped(names).items() if name)
    text = msg("Groups with fewer than %(least)s answers, not shown apart: %(few)s.", least=MINIMUM_GROUP, few=few)
    return noted(text)


def percent(share: float | None) -> float | None:
    """Return a share in percent, None where there is none."""
    return None if share is None else 100 * share


def share_figure(key: str, title: Text, share: GroupShare) -> Figure:
    """Return a share as a figure with its interval."""
    return Figure(key, title, share.percent, Unit.PERCENT, share.low, share.high, share.n)


def share_table(key: str, title: Text, heading: Text, total: GroupShare, groups: Sequence[GroupShare]) -> ResultTable:
    """Return all answers and the groups below them, those that lie behind marked."""
    weak = behind(groups)
    return Rows(key, title, (total, *groups)).shown(
        Shown("group", heading, lambda share: share.name),
        Shown("answers", msg("Answers"), lambda share: share.n),
        Shown("share", msg("Share"), lambda share: share.percent, Unit.PERCENT),
        Shown("low", msg("From"), lambda share: share.low, Unit.PERCENT),
        Shown("high", msg("To"), lambda share: share.high, Unit.PERCENT),
        Shown("behind", msg("Clearly behind"), lambda share: share in weak),
    )


def share_chart(title: Text, table: str) -> Chart:
    """Return the chart of a table of shares: bars with intervals from 0 to 100 percent."""
    return bars(title, table, "group", "share", interval=True, emphasis="behind", highest=100)


class ParetoShare(NamedTuple):
    """Something with its weight, such as complaints or money, and the share of all weight up to and with it, 0 to 1."""

    name: str
    weight: float
    cumulated: float


def pareto(weights: Sequence[tuple[str, float]]) -> list[ParetoShare]:
    """Return names by falling weight, equal ones by name, with cumulated shares; the sum must be above 0."""
    total = sum(weight for _name, weight in weights)
    shares, running = [], 0.0
    for name, weight in sorted(weights, key=lambda entry: (-entry[1], entry[0])):
        running += weight
        shares.append(ParetoShare(name, weight, running / total))
    return shares


def abc_class(shares: Sequence[ParetoShare], rank: int) -> str:
    """Return A, B or C for the one at a rank, from 0; the largest is A even if it alone is above 80 %."""
    cumulated = shares[rank].cumulated
    if rank == 0 or cumulated <= CLASS_A_SHARE + EPSILON:
        return "A"
    return "B" if cumulated <= CLASS_B_SHARE + EPSILON else "C"

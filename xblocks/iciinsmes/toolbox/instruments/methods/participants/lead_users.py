"""People who are ahead of the market and would gain most from something new (von Hippel 1986)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg

#: Columns of the two scales.
AHEAD = ("t1", "t2", "t3")
BENEFIT = ("b1", "b2", "b3")

#: From this mean of three answers on, of 1 to 5, people are ahead or would gain.
HIGH = 4

#: The other rule: one of so many people, rounded up.
_TOP_PART = 10

#: Sums of two means are equal if they are so to this many decimals.
_DECIMALS = 9


class ScreenedPerson(NamedTuple):
    """Means of both scales, 1 to 5, whether somebody built an own solution, and who named them, if anybody."""

    key: str
    ahead: float
    benefit: float
    has_solution: bool
    named_by: frozenset[str]

    @property
    def quadrant(self) -> str:
        """Where the person stands, one of both, ahead, benefit and neither."""
        if self.ahead >= HIGH:
            return "both" if self.benefit >= HIGH else "ahead"
        return "benefit" if self.benefit >= HIGH else "neither"

    @property
    def rank(self) -> tuple[float, bool]:
        """What people are ordered by: both means together, an own solution as bonus among equals."""
        return round(self.ahead + self.benefit, _DECIMALS), self.has_solution


def in_order(people: Sequence[ScreenedPerson]) -> list[ScreenedPerson]:
    """Return people by falling rank, equal ones by key."""
    return sorted(people, key=lambda person: (-person.rank[0], not person.has_solution, person.key))


def lead_users(people: Sequence[ScreenedPerson], *, top_tenth: bool) -> list[ScreenedPerson]:
    """Return the lead users, best first.

    Args:
        people: at least one.
        top_tenth: the best tenth, rounded up, with all who are equal to its last; otherwise those with both means of 4
            or more.
    """
    ordered = in_order(people)
    if not top_tenth:
        return [person for person in ordered if person.quadrant == "both"]
    last = ordered[-(-len(ordered) // _TOP_PART) - 1]
    return [person for person in ordered if person.rank >= last.rank]


def answers(table: fw.Table, keys: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Return the answers of each row to some questions."""
    return zip(*(table.integers(key) for key in keys), strict=True)


def read_people(table: fw.Table) -> tuple[list[ScreenedPerson], tuple[fw.Text, ...]]:
    """Return every person once, and notes; of several rows of one person the means count."""
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(table.texts("person")):
        rows.setdefault(key, []).append(row)
    ahead, benefit = (list(map(sum, answers(table, keys))) for keys in (AHEAD, BENEFIT))
    solutions, named_by = table.texts("own_solution"), table.texts("referred_by")
    people = [
        ScreenedPerson(
            key,
            sum(ahead[row] for row in places) / (len(AHEAD) * len(places)),
            sum(benefit[row] for row in places) / (len(BENEFIT) * len(places)),
            any(solutions[row] == "True" for row in places),
            frozenset(named_by[row] for row in places) - {"", key},
        )
        for key, places in rows.items()
    ]
    further = len(table) - len(people)
    themselves = sum(key == named for key, named in zip(table.texts("person"), named_by, strict=True))
    unasked = len(set(named_by) - {""} - set(rows))
    return people, fw.noted(
        msg("Further answers of the same people, joined with the first: %(rows)s.", rows=further),
        msg("People who named themselves, not counted as named: %(people)s.", people=themselves),
        msg("People who named others and did not answer themselves: %(people)s.", people=unasked),
    )

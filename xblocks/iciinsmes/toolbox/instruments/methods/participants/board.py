"""Reading who sits on a customer board and what became of their advice, one row a piece of advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg

#: Advice that is open longer than this waits too long.
PATIENCE = timedelta(days=60)


class Advice(NamedTuple):
    """What a member advised; ``status`` is open, answered or implemented, and ``waiting`` the days if it is open."""

    member: str
    text: str
    status: str
    waiting: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether it has been open for more than 60 days."""
        return self.waiting is not None and self.waiting > PATIENCE.days


class Board(NamedTuple):
    """The group of each member, the advice given, and the groups of customers that nobody speaks for."""

    members: Mapping[str, str]
    advice: Sequence[Advice]
    segments: Sequence[str]
    uncovered: Sequence[str]

    @property
    def sizes(self) -> Counter[str]:
        """How many members each group has."""
        return Counter(self.members.values())

    @property
    def largest(self) -> int:
        """How many members the largest group has."""
        return max(self.sizes.values())

    @property
    def overdue(self) -> list[Advice]:
        """Advice that waits too long, the oldest first."""
        late = [entry for entry in self.advice if entry.is_overdue]
        return sorted(late, key=lambda entry: (-(entry.waiting or 0), entry.member, entry.text))

    def count(self, *statuses: str) -> int:
        """Return how much advice has one of these statuses."""
        return sum(entry.status in statuses for entry in self.advice)


def read_board(table: fw.Table, today: date | None, segments: Sequence[str]) -> tuple[Board, tuple[fw.Text, ...]]:
    """Return the board of a table, and notes on what does not count.

    Args:
        table: columns member, segment, advice, date and status; at least one row.
        today: waiting is counted up to here, and later advice left out; the last day of the table if None.
        segments: all groups of customers the firm has; none if it did not say.
    """
    members, notes = _members(table)
    advice, more_notes = _advice(table, today or max(filter(None, table.maybe_dates("date")), default=None))
    spoken_for = set(map(fw.same, members.values()))
    uncovered = [segment for segment in segments if fw.same(segment) not in spoken_for]
    return Board(members, advice, sorted(set(members.values())), uncovered), (*notes, *more_notes)


def _members(table: fw.Table) -> tuple[dict[str, str], tuple[fw.Text, ...]]:
    """Return the group of each member; of several groups the one named most often."""
    named: dict[str, Counter[str]] = {}
    for member, segment in zip(table.texts("member"), fw.spelled(table.texts("segment")), strict=True):
        named.setdefault(member, Counter())[segment] += 1
    several = sum(len(groups) > 1 for groups in named.values())
    members = {member: min(groups, key=lambda name: (-groups[name], fw.same(name))) for member, groups in named.items()}
    text = msg("Members with more than one group, counted in the one named most often: %(members)s.", members=several)
    return members, fw.noted(text)


def _advice(table: fw.Table, today: date | None) -> tuple[list[Advice], tuple[fw.Text, ...]]:
    """Return the advice up to a day; rows without words and status only say who is a member."""
    found: list[Advice] = []
    undated = later = 0
    for member, words, day, status in zip(
        table.texts("member"), table.texts("advice"), table.maybe_dates("date"), table.texts("status"), strict=True
    ):
        if not words.strip() and not status:
            continue
        if day and today and day > today:
            later += 1
            continue
        is_open = status in ("", "open")
        undated += is_open and not day
        waiting = (today - day).days if is_open and day and today else None
        found.append(Advice(member, words.strip(), status or "open", waiting))
    return found, fw.noted(
        msg("Advice of later days, not counted: %(advice)s.", advice=later),
        msg("Open advice without a day, so nobody knows how long it waits: %(advice)s.", advice=undated),
    )

"""T16: does the customer board speak for all customers, and does its advice get an answer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: Advice that is open longer than this waits too long.
_PATIENCE = timedelta(days=60)

_FEWEST, _MOST = 6, 12

#: No group of customers has more than this share of the members.
_LARGEST_SHARE = 0.5

_OVERDUE = msg("Advice open for more than 60 days")

_MAX_LISTED = 10


class Advice(NamedTuple):
    """What a member advised; ``status`` is open, answered or implemented, and ``waiting`` the days if it is open."""

    member: str
    text: str
    status: str
    waiting: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether it has been open for more than 60 days."""
        return self.waiting is not None and self.waiting > _PATIENCE.days


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


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Count members by group and advice by status."""
    wanted = list(fw.grouped(filter(str.strip, options.text("segments").split(","))))
    board, notes = read_board(table, options.maybe_date("today"), wanted)
    conditions = tuple(_conditions(board))
    n, largest = len(board.members), board.largest
    title = msg("Members and advice by group of customers")
    return fw.Result(
        n=n,
        verdict=_verdict(board, [condition for condition in conditions if not condition.met]),
        figures=(
            fw.Figure("members", msg("Members"), n),
            fw.Figure("segments", msg("Groups of customers on the board"), len(board.segments)),
            *_coverage(len(wanted), len(board.uncovered)),
            fw.Figure("largest_share", msg("Share of the largest group"), 100 * largest / n, fw.Unit.PERCENT, n=n),
            *_rates(board),
        ),
        tables=(_composition(board), _overdue(board)),
        charts=(fw.heat(title, "composition", "segment", ("members", "open", "answered", "implemented")),),
        conditions=conditions,
        notes=notes
        if wanted
        else (*notes, msg("Name all groups of customers you have to see whether the board covers them.")),
        estimates=tuple(_estimates(board)),
        questions=(_who_is_missing(board), *_who_waits(board)),
        decision=_decision(board),
    )


def _coverage(wanted: int, uncovered: int) -> Iterator[fw.Figure]:
    if not wanted:
        return
    share = 100 * (wanted - uncovered) / wanted
    yield fw.Figure("coverage", msg("Your groups of customers that the board covers"), share, fw.Unit.PERCENT, n=wanted)


def _rates(board: Board) -> Iterator[fw.Figure]:
    n = len(board.advice)
    if n:
        heard = fw.wilson(board.count("answered", "implemented"), n).percent
        yield fw.interval_figure("answered", msg("Advice that got an answer"), heard, fw.Unit.PERCENT, n)
        used = fw.wilson(board.count("implemented"), n).percent
        yield fw.interval_figure("implemented", msg("Advice that was put into practice"), used, fw.Unit.PERCENT, n)
    yield fw.Figure("overdue", _OVERDUE, len(board.overdue), n=n)


def _composition(board: Board) -> fw.ResultTable:
    sizes = board.sizes
    statuses = Counter((board.members[entry.member], entry.status) for entry in board.advice)
    n = len(board.members)

    def received(segment: str, status: str) -> int:
        return statuses[segment, status]

    rows = [*sorted(board.segments, key=lambda name: (-sizes[name], name)), *board.uncovered]
    return fw.Rows("composition", msg("Who is on the board, and what became of the advice"), rows).shown(
        fw.Shown("segment", msg("Group of customers"), lambda name: name),
        fw.Shown("members", msg("Members"), lambda name: sizes[name]),
        fw.Shown("share", msg("Share"), lambda name: 100 * sizes[name] / n, fw.Unit.PERCENT, decimals=0),
        *(fw.Shown(status, title, partial(received, status=status)) for status, title in _STATUSES.items()),
    )


def _overdue(board: Board) -> fw.ResultTable:
    return fw.Rows("overdue", msg("Open for more than 60 days, the oldest first"), board.overdue[:_MAX_LISTED]).shown(
        fw.Shown("member", msg("Member"), lambda entry: entry.member),
        fw.Shown("advice", msg("Advice"), lambda entry: entry.text),
        fw.Shown("days", msg("Days"), lambda entry: entry.waiting, fw.Unit.DAYS),
    )


def _conditions(board: Board) -> Iterator[fw.Condition]:
    largest, n = board.largest, len(board.members)
    text = msg("Members: %(n)s. With more than %(most)s not everybody gets a word in.", n=n, most=_MOST)
    yield fw.Condition("not_too_many", n <= _MOST, text)
    text = msg(
        "“%(segment)s” has %(largest)s of %(n)s members, more than half. Invite others.",
        segment=min(name for name, size in board.sizes.items() if size == largest),
        largest=largest,
        n=n,
    )
    yield fw.Condition("balance", largest <= _LARGEST_SHARE * n, text)
    text = msg("Nobody on the board speaks for: %(segments)s.", segments=", ".join(board.uncovered))
    yield fw.Condition("coverage", not board.uncovered, text)


def _verdict(board: Board, unmet: Sequence[fw.Condition]) -> fw.Verdict:
    late = board.overdue
    if late:
        text = msg(
            "Advice open for more than 60 days: %(advice)s. Who gets no answer stops giving advice: begin with the "
            "oldest, %(days)s days old.",
            advice=len(late),
            days=late[0].waiting or 0,
        )
        return fw.Verdict("advice-waits", fw.Level.ATTENTION, text)
    if [condition.key for condition in unmet] == ["not_too_many"]:
        return fw.Verdict("too-many", fw.Level.ATTENTION, unmet[0].text)
    if unmet:
        return fw.Verdict("one-sided", fw.Level.ATTENTION, msg("The board does not speak for all your customers yet."))
    if not board.advice:
        text = msg("The board has a good mix. Ask it for advice, and note it down.")
        return fw.Verdict("no-advice", fw.Level.NEUTRAL, text)
    heard = board.count("answered", "implemented")
    if 2 * heard < len(board.advice):
        text = msg(
            "Of %(all)s pieces of advice %(heard)s got an answer. Answer the others before you ask for more.",
            all=len(board.advice),
            heard=heard,
        )
        return fw.Verdict("few-answered", fw.Level.NEUTRAL, text)
    if not board.count("implemented"):
        text = msg("Advice is answered, but nothing was put into practice yet. Choose one and do it.")
        return fw.Verdict("nothing-done", fw.Level.NEUTRAL, text)
    return fw.Verdict("heard", fw.Level.GOOD, msg("The board has a good mix, and its advice is heard and used."))


def _estimates(board: Board) -> Iterator[fw.Estimate]:
    n = len(board.advice)
    if not n:
        return
    only, done = board.count("answered"), board.count("implemented")
    answered = 100 * (only + done) / n
    slips = [fw.Slip(100 * only / n, msg("Advice that was put into practice got an answer, too. Add it."))]
    if board.count("open"):
        slips.append(
            fw.Slip(100 * (only + done) / board.count("open"), msg("Divide by all advice, not by the open one."))
        )
    text = msg("How many percent of the advice got an answer?")
    late = fw.Slip(board.count("open"), msg("That is all open advice. Count only what waits for more than 60 days."))
    yield fw.Estimate("answered", text, answered, tolerance=1, unit=fw.Unit.PERCENT, slips=tuple(slips))
    yield fw.Estimate("overdue", _OVERDUE, len(board.overdue), tolerance=0, slips=(late,))


def _who_is_missing(board: Board) -> fw.Question:
    """Ask what is wrong with the composition; any number of answers may be right."""
    n, largest = len(board.members), board.largest
    size = msg("Members: %(n)s; 6 to 12 are right.", n=n)
    share = msg("The largest group has %(largest)s of %(n)s members.", largest=largest, n=n)
    missing = msg("Groups that nobody speaks for: %(groups)s.", groups=len(board.uncovered))
    return fw.Question(
        "composition",
        msg("What should change about who sits on the board?"),
        (
            fw.Answer(msg("More members"), n < _FEWEST, size),
            fw.Answer(msg("Fewer members"), n > _MOST, size),
            fw.Answer(msg("Fewer of the largest group"), largest > _LARGEST_SHARE * n, share),
            fw.Answer(msg("Somebody from a group that is missing"), bool(board.uncovered), missing),
        ),
        several=True,
    )


def _who_waits(board: Board) -> Iterator[fw.Question]:
    """Ask who waits; two members at least, those with advice first."""
    late = {entry.member for entry in board.overdue}
    advisers = sorted({entry.member for entry in board.advice}, key=lambda member: (member not in late, member))
    shown = sorted([*advisers[:3], *advisers[3:][-3:]])
    if late:
        text = msg("Which of these members have waited for an answer for more than 60 days?")
        yield fw.Question("waiting", text, tuple(fw.Answer(member, member in late) for member in shown), several=True)


def _decision(board: Board) -> fw.Decision:
    if not board.overdue:
        return fw.Decision(msg("What do you ask the board next, and who answers its advice until when?"))
    ranking = tuple(
        msg("%(member)s: %(advice)s", member=entry.member, advice=entry.text) for entry in board.overdue[:_MAX_LISTED]
    )
    return fw.Decision(msg("Which advice do you answer first?"), ranking)


_STATUSES = {"open": msg("Open"), "answered": msg("Answered"), "implemented": msg("Put into practice")}


INSTRUMENT = fw.Instrument(
    key="customer-advisory-board",
    code="T16",
    title=msg("Customer advisory board"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.ASK_CUSTOMERS, fw.Need.UNDERSTAND, fw.Need.IDEAS),
    purpose=msg("See whether your customer board speaks for all customers, and whether its advice is answered."),
    explanation=(
        msg("Six to twelve customers meet two or three times a year and tell you what they would change."),
        msg(
            "A good board has somebody from each group of your customers, and no group has more than half of the "
            "seats. Otherwise you hear the same voice again and again."
        ),
        msg(
            "Note every piece of advice with its day and what became of it. A “no” with a reason is an answer, too. "
            "Who waits for more than 60 days stops giving advice."
        ),
    ),
    columns=(
        fw.Column("member", msg("Number of the member"), fw.ValueKind.KEY),
        fw.Column("segment", msg("Group of customers"), fw.ValueKind.WORD),
        fw.Column("advice", msg("Advice"), fw.ValueKind.FREE_TEXT, required=False),
        fw.Column("date", msg("Day of the advice"), fw.ValueKind.DATE, required=False),
        fw.choice_column("status", msg("What became of it"), _STATUSES, required=False),
    ),
    options=(
        fw.Option("segments", msg("All groups of customers you have, with commas between"), fw.ValueKind.WORD),
        fw.Option("today", msg("Count up to this day; the last day of the data if empty"), fw.ValueKind.DATE),
    ),
    minimum=_FEWEST,
    counted=msg("members"),
    reference="Carter, T. (2003): Customer Advisory Boards: A Strategic Tool for Customer Relationship Building.",
    # The board of the bakery: a good mix of eight customers, and three who wait for an answer.
    demo=fw.Demo(
        fw.Firm.POD_DEBEM,
        options={"segments": "regulars, families, cafés and offices, new in town", "today": date(2026, 9, 30)},
    ),
    compute=compute,
)

"""T17: which ideas of a workshop with customers and staff come first, and whether people agree about that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from .kit import (
    Canvas,
    Chart,
    ChartKind,
    Choice,
    Column,
    Condition,
    Decision,
    Demo,
    Estimate,
    Figure,
    Firm,
    Heading,
    Instrument,
    Kind,
    Level,
    Need,
    Phase,
    Question,
    Result,
    ResultTable,
    Settings,
    Slip,
    Table,
    Text,
    Unit,
    Value,
    Verdict,
    ask_largest,
    choose_one,
    msg,
    names,
)
from .kit.statistics import kendall_w
from .kit.words import grouped

#: Below this Kendall's W there is no common order.
_MIN_AGREEMENT = 0.3

#: So many from outside and so many of the firm make a workshop with customers.
_MIN_OF_EACH = 3

_TOP = 3

_ROLES = (
    Choice("customer", msg("Customer"), ("kunde", "customers", "vevő", "ügyfél", "klient")),
    Choice("lead_user", msg("Lead user"), ("lead user", "vorreiter", "førende bruger", "wiodący użytkownik")),
    Choice("employee", msg("Employee"), ("staff", "mitarbeiter", "medarbejder", "munkatárs", "dolgozó", "pracownik")),
    Choice("partner", msg("Partner"), ("supplier", "lieferant", "leverandør", "beszállító", "dostawca")),
)
_CUSTOMERS = ("customer", "lead_user")


class Idea(NamedTuple):
    """One idea with its votes; ``dots`` stuck to it, ``ranks`` given to it by participant, 1 the best."""

    name: str
    dots: int
    ranks: Mapping[str, int]
    points: int


def borda(ranks: Sequence[int], ideas: int) -> int:
    """Return the Borda points of an idea: the sum of ``ideas`` - rank; ranks go from 1, the best, to ``ideas``."""
    return sum(ideas - rank for rank in ranks)


def compute(table: Table, options: Settings) -> Result:
    """Count points by rank or by dot, and measure how far the participants agree."""
    ideas, left_out = _ideas(table)
    has_ranks = any(idea.ranks for idea in ideas)
    people = _people(table)
    everybody = set().union(*people.values())
    complete = _complete(ideas)
    agreement = _agreement(ideas, complete)
    customers = set().union(*(people[role] for role in _CUSTOMERS))
    groups: tuple[tuple[Text, Set[str]], ...] = (
        (msg("Customers and lead users"), customers),
        (msg("Employees"), people["employee"]),
    )
    return Result(
        n=len(everybody),
        verdict=_verdict(ideas, agreement),
        figures=(
            Figure("participants", msg("Participants"), len(everybody)),
            Figure("ideas", msg("Different ideas"), len(ideas)),
            Figure("per_person", msg("Ideas for each participant"), len(ideas) / len(everybody), n=len(everybody)),
            Figure("agreement", msg("Agreement (Kendall's W), 0 to 1"), agreement, n=len(complete), decimals=2),
        ),
        tables=(_ideas_table(ideas), _groups_table(ideas, complete, groups)),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("Ideas by Borda points; ▲ marks the first three")
                if has_ranks
                else msg("Ideas by dots; ▲ marks the first three"),
                table="ideas",
                label="idea",
                values=("points" if has_ranks else "dots",),
                emphasis="top",
                minimum=0,
            ),
        ),
        conditions=(
            Condition(
                "mixed",
                min(len(customers), len(people["employee"])) >= _MIN_OF_EACH,
                msg("A workshop needs at least three customers and three employees."),
            ),
        ),
        notes=_notes(left_out, voters={person for idea in ideas for person in idea.ranks}, complete=complete),
        estimates=_points_by_hand(ideas) if has_ranks else (),
        questions=(*_do_they_agree(agreement), *_same_favourite(ideas, groups), *_favourite(ideas)),
        decision=Decision(msg("Which idea do you take further?"), tuple(idea.name for idea in ideas), consistent=_TOP),
    )


def _ideas(table: Table) -> tuple[list[Idea], int]:
    """Return the ideas, best first, and how many ranks were left out because there are fewer ideas.

    Of several ranks that a participant gave to an idea the best counts.
    """
    members = grouped(table.texts("idea"))
    participants, ranks, dots = table.texts("participant"), table.maybe_numbers("rank"), table.maybe_numbers("dots")
    found, left_out = [], 0
    for name, rows in members.items():
        given: dict[str, int] = {}
        for row in rows:
            rank = ranks[row]
            if rank is None:
                continue
            if rank > len(members):
                left_out += 1
                continue
            given[participants[row]] = min(int(rank), given.get(participants[row], len(members)))
        points = borda(list(given.values()), len(members))
        found.append(Idea(name, int(sum(dots[row] or 0 for row in rows)), given, points))
    return sorted(found, key=lambda idea: (-idea.points, -idea.dots, idea.name)), left_out


def _people(table: Table) -> dict[str, set[str]]:
    """Return who took part in which role."""
    people: dict[str, set[str]] = {str(choice.value): set() for choice in _ROLES}
    for role, person in zip(table.texts("role"), table.texts("participant"), strict=True):
        people[role].add(person)
    return people


def _complete(ideas: Sequence[Idea]) -> set[str]:
    """Return who gave every idea a rank of its own; only they can be compared."""
    given: dict[str, set[int]] = {}
    for idea in ideas:
        for person, rank in idea.ranks.items():
            given.setdefault(person, set()).add(rank)
    return {person for person, ranks in given.items() if len(ranks) == len(ideas)}


def _agreement(ideas: Sequence[Idea], people: Set[str]) -> float | None:
    """Return Kendall's W of people who ranked all ideas; None for fewer than two people or ideas."""
    return kendall_w([[idea.ranks[person] for idea in ideas] for person in people])


def _first_of(ideas: Sequence[Idea], people: Set[str]) -> Idea | None:
    """Return the idea with most points of some people; None if there is no single one."""
    points = [borda([rank for person, rank in idea.ranks.items() if person in people], len(ideas)) for idea in ideas]
    most = max(points)
    return ideas[points.index(most)] if points.count(most) == 1 else None


def _ideas_table(ideas: Sequence[Idea]) -> ResultTable:
    return ResultTable(
        "ideas",
        msg("Ideas, the best first"),
        (
            Heading("idea", msg("Idea")),
            Heading("points", msg("Borda points")),
            Heading("dots", msg("Dots")),
            Heading("mean_rank", msg("Mean rank")),
            Heading("votes", msg("Ranked by")),
            Heading("top", msg("First three")),
        ),
        tuple(
            (
                *(idea.name, idea.points, idea.dots),
                sum(idea.ranks.values()) / len(idea.ranks) if idea.ranks else None,
                *(len(idea.ranks), place < _TOP and idea.points + idea.dots > 0),
            )
            for place, idea in enumerate(ideas)
        ),
    )


def _groups_table(ideas: Sequence[Idea], complete: Set[str], groups: Sequence[tuple[Text, Set[str]]]) -> ResultTable:
    firsts = [_first_of(ideas, people) for _title, people in groups]
    return ResultTable(
        "groups",
        msg("Who wants what"),
        (
            Heading("group", msg("Group")),
            Heading("people", msg("People")),
            Heading("agreement", msg("Agreement within (W)"), decimals=2),
            Heading("first", msg("First idea")),
        ),
        tuple(
            (title, len(people), _agreement(ideas, complete & people), first.name if first else None)
            for (title, people), first in zip(groups, firsts, strict=True)
        ),
    )


def _verdict(ideas: Sequence[Idea], agreement: float | None) -> Verdict:
    if not any(idea.points + idea.dots for idea in ideas):
        return Verdict("no-votes", Level.ATTENTION, msg("Nobody has voted yet. Let everybody rank the ideas."))
    if agreement is None:
        text = msg(
            "“%(first)s” is ahead. Whether people agree cannot be said: for that at least two must rank all ideas, "
            "each with a rank of its own.",
            first=ideas[0].name,
        )
        return Verdict("agreement-unknown", Level.NEUTRAL, text)
    if agreement < _MIN_AGREEMENT:
        text = msg(
            "There is no consensus (W = %(w)s). “%(first)s” has most points, but find out who wants something else, "
            "and why.",
            w=round(agreement, 2),
            first=ideas[0].name,
        )
        return Verdict("no-consensus", Level.ATTENTION, text)
    text = msg(
        "The participants see it in a similar order (W = %(w)s). “%(first)s” comes first.",
        w=round(agreement, 2),
        first=ideas[0].name,
    )
    return Verdict("consensus", Level.GOOD, text)


def _notes(left_out: int, *, voters: Set[str], complete: Set[str]) -> tuple[Text, ...]:
    notes = []
    if left_out:
        notes.append(msg("Ranks above the number of ideas, left out: %(left_out)s.", left_out=left_out))
    if len(voters) > len(complete):
        text = msg(
            "People who did not give every idea a rank of its own: %(people)s. They count for the points, not for the "
            "agreement.",
            people=len(voters) - len(complete),
        )
        notes.append(text)
    return tuple(notes)


def _points_by_hand(ideas: Sequence[Idea]) -> tuple[Estimate, ...]:
    """Ask for the last idea of the alphabet that somebody ranked, which gives the first one not away."""
    idea = max((idea for idea in ideas if idea.ranks), key=lambda idea: idea.name)
    ranks = list(idea.ranks.values())
    slips = (
        Slip(sum(ranks), msg("That is the sum of the ranks. A point is the number of ideas minus the rank.")),
        Slip(idea.points + len(ranks), msg("The last of all ideas gets 0 points, not 1.")),
    )
    text = msg("There are %(ideas)s ideas. How many Borda points has “%(idea)s”?", ideas=len(ideas), idea=idea.name)
    return (Estimate("borda", text, float(idea.points), tolerance=0.5, unit=Unit.POINTS, slips=slips),)


def _do_they_agree(agreement: float | None) -> tuple[Question, ...]:
    if agreement is None:
        return ()
    is_common = agreement >= _MIN_AGREEMENT
    answers = [
        (msg("Yes, the order is shared by most"), is_common),
        (msg("No, the first place is a compromise at best"), not is_common),
    ]
    return (Question("consensus", msg("May you say: the workshop agreed on an order?"), choose_one(answers)),)


def _same_favourite(ideas: Sequence[Idea], groups: Sequence[tuple[Text, Set[str]]]) -> tuple[Question, ...]:
    firsts = [_first_of(ideas, people) for _title, people in groups]
    if None in firsts:
        return ()
    is_same = firsts[0] == firsts[1]
    text = msg("Do customers and employees put the same idea first?")
    return (Question("same_favourite", text, choose_one([(msg("Yes"), is_same), (msg("No"), not is_same)])),)


def _favourite(ideas: Sequence[Idea]) -> tuple[Question, ...]:
    """Ask for the winner, by points if there are ranks and by dots otherwise, among ideas by name."""
    has_ranks = any(idea.ranks for idea in ideas)
    named = [(idea.name, float(idea.points if has_ranks else idea.dots)) for idea in ideas]
    return ask_largest("favourite", msg("Which idea is ahead?"), sorted(named))


def _demo() -> list[tuple[Value, ...]]:
    """An evening in the salon: customers and staff agree among themselves, but not with each other."""
    ideas = (
        "book a cut online",
        "quiet chair without talk",
        "care box for at home",
        "evening hours on Thursday",
        "wash and cut for children",
    )
    rankings = {
        "customer": ("12435", "13245", "21435"),
        "lead_user": ("12453",),
        "employee": ("45213", "54123", "45312"),
    }
    people = [(role, ranking) for role, rankings_of in rankings.items() for ranking in rankings_of]
    return [
        (f"P{number}", role, idea, int(rank), None)
        for number, (role, ranking) in enumerate(people, 1)
        for idea, rank in zip(ideas, ranking, strict=True)
    ]


INSTRUMENT = Instrument(
    key="co-creation-workshop",
    code="T17",
    title=msg("Co-creation workshop"),
    phases=(Phase.ACQUIRE,),
    needs=(Need.IDEAS, Need.CHOOSE),
    purpose=msg("Find ideas together with customers, and see which ones are shared."),
    explanation=(
        msg(
            "Invite at least three customers and three of your staff. Collect ideas, a card each, without judging "
            "them. Then everybody votes: with dots, or better with ranks, 1 for the best."
        ),
        msg("An idea gets Borda points: from everybody the number of ideas minus the rank. The last one gets 0."),
        msg(
            "Kendall's W says how far people agree on the order, from 0 to 1. Below 0.3 there is no consensus: talk "
            "about the differences before you choose."
        ),
    ),
    columns=(
        Column("participant", msg("Participant"), Kind.KEY, aliases=names.PERSON),
        Column("role", msg("Role"), Kind.CHOICE, aliases=("role", "rolle", "szerep", "rola"), choices=_ROLES),
        Column("idea", msg("Idea"), Kind.WORD, aliases=names.IDEA),
        Column(
            "rank",
            msg("Rank, 1 is the best"),
            Kind.INTEGER,
            required=False,
            aliases=("rank", "rang", "platz", "placering", "helyezés", "sorrend", "miejsce", "ranga"),
            minimum=1,
        ),
        Column(
            "dots",
            msg("Dots"),
            Kind.INTEGER,
            required=False,
            aliases=(
                "dots",
                "votes",
                "punkte",
                "stimmen",
                "prikker",
                "stemmer",
                "pontok",
                "szavazat",
                "głosy",
                "kropki",
            ),
            minimum=0,
        ),
    ),
    minimum=2 * _MIN_OF_EACH,
    counted=msg("participants"),
    reference=(
        "Prahalad, C. K. and Ramaswamy, V. (2004): The Future of Competition; Kendall, M. and Babington Smith, B. "
        "(1939): The Problem of m Rankings."
    ),
    demo=Demo(Firm.SZEP_HAJ, _demo),
    compute=compute,
    canvas=Canvas(place="role", text="idea", layout=(("customer", "lead_user"), ("employee", "partner"))),
)

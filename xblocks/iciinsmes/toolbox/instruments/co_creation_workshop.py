"""T17: which ideas of a workshop with customers and staff come first, and whether people agree about that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from . import framework as fw
from .framework import msg

_TOP = 3

#: So many from outside and so many of the firm make a workshop with customers.
_MIN_OF_EACH = 3

_ROLES = {
    "customer": msg("Customer"),
    "lead_user": msg("Lead user"),
    "employee": msg("Employee"),
    "partner": msg("Partner"),
}
_CUSTOMERS = ("customer", "lead_user")


class VotedIdea(NamedTuple):
    """One idea with its votes; ``dots`` stuck to it, ``ranks`` given to it by participant, 1 the best."""

    name: str
    dots: int
    ranks: Mapping[str, int]
    points: int


def borda(ranks: Sequence[int], ideas: int) -> int:
    """Return the Borda points of an idea: the sum of ``ideas`` - rank; ranks go from 1, the best, to ``ideas``."""
    return sum(ideas - rank for rank in ranks)


def voted_ideas(table: fw.Table) -> tuple[list[VotedIdea], int]:
    """Return the ideas, best first, and how many ranks were left out because there are fewer ideas.

    Of several ranks that a participant gave to an idea the best counts.
    """
    members = fw.grouped(table.texts("idea"))
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
        found.append(VotedIdea(name, int(sum(dots[row] or 0 for row in rows)), given, points))
    return sorted(found, key=lambda idea: (-idea.points, -idea.dots, idea.name)), left_out


def who_ranked_all(ideas: Sequence[VotedIdea]) -> set[str]:
    """Return who gave every idea a rank of its own; only they can be compared."""
    given: dict[str, set[int]] = {}
    for idea in ideas:
        for person, rank in idea.ranks.items():
            given.setdefault(person, set()).add(rank)
    return {person for person, ranks in given.items() if len(ranks) == len(ideas)}


def ranks_of(ideas: Sequence[VotedIdea], people: Set[str]) -> list[list[int]]:
    """Return the ranks of people who ranked all ideas, a row a person."""
    return [[idea.ranks[person] for idea in ideas] for person in people]


def first_three(ideas: Sequence[VotedIdea]) -> int:
    """Return how many ideas are among the first three: more where others are equal to the third."""
    last = ideas[min(_TOP, len(ideas)) - 1]
    return sum((idea.points, idea.dots) >= (last.points, last.dots) for idea in ideas)


def leaders(ideas: Sequence[VotedIdea]) -> list[str]:
    """Return the ideas that nothing is ahead of: by points if there are ranks, else by dots."""
    has_ranks = any(idea.ranks for idea in ideas)
    votes = [idea.points if has_ranks else idea.dots for idea in ideas]
    return [idea.name for idea, vote in zip(ideas, votes, strict=True) if vote == max(votes)]


def first_of(ideas: Sequence[VotedIdea], people: Set[str]) -> VotedIdea | None:
    """Return the idea with most points of some people; None if there is no single one."""
    points = [borda([rank for person, rank in idea.ranks.items() if person in people], len(ideas)) for idea in ideas]
    most = max(points)
    return ideas[points.index(most)] if points.count(most) == 1 else None


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Count points by rank or by dot, and measure how far the participants agree."""
    ideas, left_out = voted_ideas(table)
    has_ranks = any(idea.ranks for idea in ideas)
    people = _people(table)
    everybody = set().union(*people.values())
    complete = who_ranked_all(ideas)
    agreement = fw.concord(ranks_of(ideas, complete))
    top = first_three(ideas)
    customers = set().union(*(people[role] for role in _CUSTOMERS))
    groups: tuple[tuple[fw.Text, Set[str]], ...] = (
        (msg("Customers and lead users"), customers),
        (msg("Employees"), people["employee"]),
    )
    text = msg("A workshop needs at least three customers and three employees.")
    return fw.Result(
        n=len(everybody),
        verdict=_verdict(ideas, agreement),
        figures=(
            fw.Figure("participants", msg("Participants"), len(everybody)),
            fw.Figure("ideas", msg("Different ideas"), len(ideas)),
            fw.Figure("per_person", msg("Ideas for each participant"), len(ideas) / len(everybody), n=len(everybody)),
            *fw.agreement_figures(msg("Agreement (Kendall's W), 0 to 1"), agreement, len(complete)),
        ),
        tables=(_ideas_table(ideas, top), _groups_table(ideas, complete, groups)),
        charts=(
            fw.bars(
                msg("Ideas by Borda points; ▲ marks the first three")
                if has_ranks
                else msg("Ideas by dots; ▲ marks the first three"),
                "ideas",
                "idea",
                "points" if has_ranks else "dots",
                emphasis="top",
            ),
        ),
        conditions=(fw.Condition("mixed", min(len(customers), len(people["employee"])) >= _MIN_OF_EACH, text),),
        notes=fw.noted(
            msg("Ranks above the number of ideas, left out: %(left_out)s.", left_out=left_out),
            msg(
                "People who did not give every idea a rank of its own: %(people)s. They count for the points, not for "
                "the agreement.",
                people=len({person for idea in ideas for person in idea.ranks} - complete),
            ),
        ),
        estimates=tuple(_points_by_hand(ideas)) if has_ranks else (),
        questions=(*_do_they_agree(agreement), *_same_favourite(ideas, groups), *_favourite(ideas)),
        decision=fw.Decision(
            msg("Which idea do you take further?"), tuple(idea.name for idea in ideas), consistent=top
        ),
    )


def _people(table: fw.Table) -> dict[str, set[str]]:
    """Return who took part in which role."""
    people: dict[str, set[str]] = {role: set() for role in _ROLES}
    for role, person in zip(table.texts("role"), table.texts("participant"), strict=True):
        people[role].add(person)
    return people


def _ideas_table(ideas: Sequence[VotedIdea], top: int) -> fw.ResultTable:
    first = {idea.name for idea in ideas[:top] if idea.points + idea.dots > 0}
    return fw.Rows("ideas", msg("Ideas, the best first"), ideas).shown(
        fw.Shown("idea", msg("Idea"), lambda idea: idea.name),
        fw.Shown("points", msg("Borda points"), lambda idea: idea.points),
        fw.Shown("dots", msg("Dots"), lambda idea: idea.dots),
        fw.Shown("mean_rank", msg("Mean rank"), lambda idea: fw.mean(idea.ranks.values())),
        fw.Shown("votes", msg("Ranked by"), lambda idea: len(idea.ranks)),
        fw.Shown("top", msg("First three"), lambda idea: idea.name in first),
    )


def _groups_table(
    ideas: Sequence[VotedIdea], complete: Set[str], groups: Sequence[tuple[fw.Text, Set[str]]]
) -> fw.ResultTable:
    def agreement(people: Set[str]) -> float | None:
        return fw.kendall_w_of_scores(ranks_of(ideas, complete & people))

    def first(people: Set[str]) -> str | None:
        found = first_of(ideas, people)
        return found.name if found else None

    return fw.Rows("groups", msg("Who wants what"), groups).shown(
        fw.Shown("group", msg("Group"), lambda group: group[0]),
        fw.Shown("people", msg("People"), lambda group: len(group[1])),
        fw.Shown("agreement", msg("Agreement within (W)"), lambda group: agreement(group[1]), decimals=2),
        fw.Shown("first", msg("First idea"), lambda group: first(group[1])),
    )


def _verdict(ideas: Sequence[VotedIdea], agreement: fw.Concord | None) -> fw.Verdict:
    if not any(idea.ranks or idea.dots for idea in ideas):
        return fw.Verdict("no-votes", fw.Level.ATTENTION, msg("Nobody has voted yet. Let everybody rank the ideas."))
    if len(ideas) == 1:
        return fw.Verdict("one-idea", fw.Level.ATTENTION, msg("There is only one idea: nothing to choose from."))
    ahead = leaders(ideas)
    place = (
        msg("“%(first)s” comes first.", first=ahead[0])
        if len(ahead) == 1
        else msg("First place is shared by %(ideas)s.", ideas=fw.named(ahead))
    )
    if agreement is None:
        text = msg(
            "%(place)s Whether people agree cannot be said: for that at least two must rank all ideas, each with a "
            "rank of its own.",
            place=place,
        )
        return fw.Verdict("agreement-unknown", fw.Level.NEUTRAL, text)
    found: dict[str, fw.Text | float] = {"place": place, "w": fw.rounded(agreement.w, fw.MIN_AGREEMENT, decimals=2)}
    if agreement.is_low:
        text = msg("There is no consensus (W = %(w)s). %(place)s Find out who wants something else, and why.", **found)
        return fw.Verdict("no-consensus", fw.Level.ATTENTION, text)
    if not agreement.is_common:
        text = msg(
            "%(place)s But so few people agree as far (W = %(w)s) by chance, too. Let more people rank all ideas.",
            **found,
        )
        return fw.Verdict("agreement-by-chance", fw.Level.NEUTRAL, text)
    text = msg("The participants see it in a similar order (W = %(w)s). %(place)s", **found)
    return fw.Verdict("consensus", fw.Level.GOOD, text)


def _points_by_hand(ideas: Sequence[VotedIdea]) -> Iterator[fw.Estimate]:
    """Ask for the last idea of the alphabet that somebody ranked, which gives the first one not away."""
    idea = max((idea for idea in ideas if idea.ranks), key=lambda idea: idea.name)
    ranks = list(idea.ranks.values())
    slips = (
        fw.Slip(sum(ranks), msg("That is the sum of the ranks. A point is the number of ideas minus the rank.")),
        fw.Slip(idea.points + len(ranks), msg("The last of all ideas gets 0 points, not 1.")),
    )
    text = msg("There are %(ideas)s ideas. How many Borda points has “%(idea)s”?", ideas=len(ideas), idea=idea.name)
    yield fw.Estimate("borda", text, float(idea.points), tolerance=0.5, unit=fw.Unit.POINTS, slips=slips)


def _do_they_agree(agreement: fw.Concord | None) -> Iterator[fw.Question]:
    if agreement is not None:
        is_common = agreement.is_common
        answers = [
            (msg("Yes, the order is shared by most"), is_common),
            (msg("No, the first place is a compromise at best"), not is_common),
        ]
        yield fw.Question("consensus", msg("May you say: the workshop agreed on an order?"), fw.choose_one(answers))


def _same_favourite(ideas: Sequence[VotedIdea], groups: Sequence[tuple[fw.Text, Set[str]]]) -> Iterator[fw.Question]:
    firsts = [first_of(ideas, people) for _title, people in groups]
    if None not in firsts:
        is_same = firsts[0] == firsts[1]
        text = msg("Do customers and employees put the same idea first?")
        yield fw.Question("same_favourite", text, fw.yes_or_no(is_same))


def _favourite(ideas: Sequence[VotedIdea]) -> tuple[fw.Question, ...]:
    """Ask for the winner, by points if there are ranks and by dots otherwise, among ideas by name."""
    has_ranks = any(idea.ranks for idea in ideas)
    named = [(idea.name, float(idea.points if has_ranks else idea.dots)) for idea in ideas]
    return fw.ask_largest("favourite", msg("Which idea is ahead?"), sorted(named))


INSTRUMENT = fw.Instrument(
    key="co-creation-workshop",
    code="T17",
    title=msg("Co-creation workshop"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.IDEAS, fw.Need.CHOOSE),
    purpose=msg("Find ideas together with customers, and see which ones are shared."),
    explanation=(
        msg(
            "Invite at least three customers and three of your staff. Collect ideas, a card each, without judging "
            "them. Then everybody votes: with dots, or better with ranks, 1 for the best."
        ),
        msg("An idea gets Borda points: from everybody the number of ideas minus the rank. The last one gets 0."),
        msg(
            "Kendall's W says how far people agree on the order, from 0 to 1. Below 0.3 there is no consensus, and few "
            "people may agree by chance: talk about the differences before you choose."
        ),
    ),
    columns=(
        fw.Column("participant", msg("Participant"), fw.ValueKind.KEY),
        fw.choice_column("role", msg("Role"), _ROLES),
        fw.Column("idea", msg("Idea"), fw.ValueKind.WORD),
        fw.number_column("rank", msg("Rank, 1 is the best"), 1, whole=True, required=False),
        fw.number_column("dots", msg("Dots"), 0, whole=True, required=False),
    ),
    minimum=2 * _MIN_OF_EACH,
    counted=msg("participants"),
    reference=(
        "Prahalad, C. K. and Ramaswamy, V. (2004): The Future of Competition; Kendall, M. and Babington Smith, B. "
        "(1939): The Problem of m Rankings."
    ),
    # An evening in the salon: customers and staff agree among themselves, but not with each other.
    demo=fw.Demo(fw.Firm.SZEP_HAJ),
    compute=compute,
    canvas=fw.CardLayout(place="role", text="idea", layout=(("customer", "lead_user"), ("employee", "partner"))),
)

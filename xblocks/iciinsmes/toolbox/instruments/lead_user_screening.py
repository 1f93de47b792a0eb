"""T10: which customers are ahead of the market and would gain most: those to develop new things with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: Columns of the two scales.
_AHEAD = ("t1", "t2", "t3")
_BENEFIT = ("b1", "b2", "b3")

#: From this mean of three answers on, of 1 to 5, people are ahead or would gain.
_HIGH = 4

#: The other rule: one of so many people, rounded up.
_TOP_PART = 10

#: Sums of two means are equal if they are so to this many decimals.
_DECIMALS = 9

#: More than one of so many with the same answer six times have hardly read the questions.
_CARELESS_PART = 5

#: A best tenth that holds more than one in so many is none.
_MANY_EQUALS = 4

_MAX_LISTED = 20
_QUESTIONS = 3

_QUADRANTS = {
    "both": msg("Ahead and in need"),
    "ahead": msg("Ahead, small need"),
    "benefit": msg("In need, not ahead"),
    "neither": msg("Neither"),
}


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
        if self.ahead >= _HIGH:
            return "both" if self.benefit >= _HIGH else "ahead"
        return "benefit" if self.benefit >= _HIGH else "neither"

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
    ahead, benefit = (list(map(sum, answers(table, keys))) for keys in (_AHEAD, _BENEFIT))
    solutions, named_by = table.texts("own_solution"), table.texts("referred_by")
    people = [
        ScreenedPerson(
            key,
            sum(ahead[row] for row in places) / (len(_AHEAD) * len(places)),
            sum(benefit[row] for row in places) / (len(_BENEFIT) * len(places)),
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


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Work out both means of every person, find the lead users, and see whether naming others led to them."""
    people, notes = read_people(table)
    is_tenth = options.text("rule") == "top_tenth"
    found = lead_users(people, top_tenth=is_tenth)
    same_six = sum(len(set(answers)) == 1 for answers in answers(table, (*_AHEAD, *_BENEFIT)))
    text = msg(
        "Answers that are the same six times: %(rows)s. These people have hardly read the questions: ask "
        "again, best in a talk.",
        rows=same_six,
    )
    title = msg("How far ahead people are, and how much they would gain")
    marks = (fw.Mark("x", _HIGH, msg("ahead")), fw.Mark("y", _HIGH, msg("in need")))
    return fw.Result(
        n=len(people),
        verdict=_verdict(found, is_blurred=is_tenth and _MANY_EQUALS * len(found) > len(people)),
        figures=(
            fw.Figure("people", msg("People asked"), len(people)),
            fw.Figure("lead_users", msg("Lead users"), len(found)),
            _share("share", msg("Share of lead users"), len(found), len(people)),
            fw.Figure("own_solutions", msg("Lead users with an own solution"), sum(p.has_solution for p in found)),
            *_naming(people, found),
        ),
        tables=(_ordered(people, found), _quadrants(people), _places(people, found)),
        charts=(
            fw.scatter(title, "places", "people", ("ahead", "benefit"), marks, scale=(1, 5), emphasis="lead_user"),
        ),
        conditions=(fw.Condition("careful", _CARELESS_PART * same_six <= len(table), text),),
        notes=notes,
        estimates=(_one_mean(people),),
        questions=(*_classify(people), _largest_quadrant(people), _who_is(people, found)),
        decision=fw.Decision(
            msg("Write the invitation to your lead users: why them, what you do together, and what they get.")
        ),
    )


def _share(key: str, title: fw.Text, hits: int, n: int) -> fw.Figure:
    return fw.interval_figure(key, title, fw.wilson(hits, n).percent, fw.Unit.PERCENT, n)


def _naming(people: Sequence[ScreenedPerson], found: Sequence[ScreenedPerson]) -> Iterator[fw.Figure]:
    """Compare those whom others named with those you thought of yourself, if there are both."""
    keys = {person.key for person in found}
    named = [person.key in keys for person in people if person.named_by]
    others = [person.key in keys for person in people if not person.named_by]
    if named and others:
        yield _share("share_named", msg("Lead users among those named by others"), sum(named), len(named))
        yield _share("share_others", msg("Lead users among those you chose yourself"), sum(others), len(others))


def _ordered(people: Sequence[ScreenedPerson], found: Sequence[ScreenedPerson]) -> fw.ResultTable:
    """List lead users first, then those who come next."""
    keys = {person.key for person in found}
    rest = in_order([person for person in people if person.key not in keys])
    return fw.Rows("people", msg("Lead users, and who comes next"), [*found, *rest][:_MAX_LISTED]).shown(
        fw.Shown("person", msg("Person"), lambda person: person.key),
        fw.Shown("ahead", msg("Ahead, 1 to 5"), lambda person: person.ahead, decimals=2),
        fw.Shown("benefit", msg("Need, 1 to 5"), lambda person: person.benefit, decimals=2),
        fw.Shown("own_solution", msg("Own solution"), lambda person: person.has_solution),
        fw.Shown("lead_user", msg("Lead user"), lambda person: person.key in keys),
        fw.Shown("named_by", msg("Named by"), lambda person: ", ".join(sorted(person.named_by)) or None),
    )


def _counts(people: Sequence[ScreenedPerson]) -> dict[str, int]:
    counts = Counter(person.quadrant for person in people)
    return {name: counts[name] for name in _QUADRANTS}


def _quadrants(people: Sequence[ScreenedPerson]) -> fw.ResultTable:
    counts = _counts(people)
    return fw.Rows("quadrants", msg("Where people stand; 4 and more is high"), counts).shown(
        fw.Shown("quadrant", msg("Group"), lambda name: _QUADRANTS[name]),
        fw.Shown("people", msg("People"), lambda name: counts[name]),
        fw.Shown("share", msg("Share"), lambda name: 100 * counts[name] / len(people), fw.Unit.PERCENT),
    )


def _places(people: Sequence[ScreenedPerson], found: Sequence[ScreenedPerson]) -> fw.ResultTable:
    """Join people with the same means: they would lie on each other in the chart."""
    keys = {person.key for person in found}
    places: dict[tuple[bool, float, float], list[str]] = {}
    for person in people:
        places.setdefault((person.key in keys, person.ahead, person.benefit), []).append(person.key)
    ordered = sorted(places.items(), key=lambda entry: (not entry[0][0], -entry[0][1] - entry[0][2], -entry[0][1]))
    return fw.Rows("places", msg("People with the same means"), ordered[:_MAX_LISTED]).shown(
        fw.Shown("people", msg("Person"), lambda entry: _joined(entry[1])),
        fw.Shown("ahead", msg("Ahead, 1 to 5"), lambda entry: entry[0][1], decimals=2),
        fw.Shown("benefit", msg("Need, 1 to 5"), lambda entry: entry[0][2], decimals=2),
        fw.Shown("lead_user", msg("Lead user"), lambda entry: entry[0][0]),
        fw.Shown("n", msg("People"), lambda entry: len(entry[1])),
    )


def _joined(keys: Sequence[str]) -> str:
    """Return some keys, and how many more there are."""
    first = sorted(keys)[:4]
    return ", ".join([*first, f"+{len(keys) - len(first)}"] if len(keys) > len(first) else first)


def _verdict(found: Sequence[ScreenedPerson], *, is_blurred: bool) -> fw.Verdict:
    if is_blurred:
        text = msg(
            "Nobody stands out: %(found)s people are equal to the best tenth. Ask them more, or take the other rule.",
            found=len(found),
        )
        return fw.Verdict("nobody-stands-out", fw.Level.NEUTRAL, text)
    solved = sum(person.has_solution for person in found)
    if solved:
        text = msg(
            "Lead users: %(found)s. With something of their own that they built: %(solved)s. Begin with %(first)s, "
            "and ask to see what they built.",
            found=len(found),
            solved=solved,
            first=next(person.key for person in found if person.has_solution),
        )
        return fw.Verdict("own-solutions", fw.Level.GOOD, text)
    if found:
        text = msg("Lead users: %(found)s. Invite them; begin with %(first)s.", found=len(found), first=found[0].key)
        return fw.Verdict("lead-users", fw.Level.GOOD, text)
    text = msg("No lead user yet. Ask everybody “who knows more about this than you?”, and go on with those they name.")
    return fw.Verdict("none-found", fw.Level.ATTENTION, text)


def _one_mean(people: Sequence[ScreenedPerson]) -> fw.Estimate:
    """Ask for a mean of the best person whose scales differ, so that mixing them shows."""
    ordered = sorted(people, key=lambda person: (person.ahead == person.benefit, -person.rank[0], person.key))
    person = ordered[0]
    text = msg(
        "How far ahead is %(person)s? Work out the mean of the questions on being ahead, and count to two decimals.",
        person=person.key,
    )
    slips = (
        fw.Slip(person.benefit, msg("That is the mean of the other scale, the need.")),
        fw.Slip(person.rank[0] / 2, msg("You took all six answers. Take those on being ahead only.")),
        fw.Slip(person.ahead * len(_AHEAD), msg("That is the sum. Divide it by the number of answers.")),
    )
    return fw.Estimate("ahead", text, person.ahead, tolerance=0.02, slips=slips)


def _classify(people: Sequence[ScreenedPerson]) -> Iterator[fw.Question]:
    """Ask for people of different groups, before the result is shown."""
    first = {
        name: min((person for person in people if person.quadrant == name), key=lambda person: person.key, default=None)
        for name in _QUADRANTS
    }
    chosen = [person for person in first.values() if person][:_QUESTIONS]
    for index, person in enumerate(sorted(chosen, key=lambda person: person.key), 1):
        text = msg(
            "%(person)s has a mean of %(ahead)s for being ahead and %(benefit)s for the need. Which group is that?",
            person=person.key,
            ahead=round(person.ahead, 2),
            benefit=round(person.benefit, 2),
        )
        answers = fw.choose_one([(title, name == person.quadrant) for name, title in _QUADRANTS.items()])
        yield fw.Question(f"person_{index}", text, answers, before=True)


def _largest_quadrant(people: Sequence[ScreenedPerson]) -> fw.Question:
    counts = _counts(people)
    text = msg("Which group has most people?")
    answers = fw.choose_one([(title, counts[name] == max(counts.values())) for name, title in _QUADRANTS.items()])
    return fw.Question("largest_group", text, answers, several=True)


def _who_is(people: Sequence[ScreenedPerson], found: Sequence[ScreenedPerson]) -> fw.Question:
    keys = [person.key for person in found[: fw.MAX_CHOICES // 2]]
    others = sorted({person.key for person in people} - {person.key for person in found})
    shown = sorted([*keys, *others[: fw.MAX_CHOICES - len(keys)]])
    text = msg("Which of these people are lead users?")
    return fw.Question("lead_users", text, fw.choose_one([(key, key in keys) for key in shown]), several=True)


_STATEMENTS = (
    ("t1", msg("Ahead: hears of new things before others")),
    ("t2", msg("Ahead: tries new things before others")),
    ("t3", msg("Ahead: is asked for advice by others")),
    ("b1", msg("Need: what can be bought is not enough")),
    ("b2", msg("Need: loses time or money because of it")),
    ("b3", msg("Need: would gain much from a solution")),
)

INSTRUMENT = fw.Instrument(
    key="lead-user-screening",
    code="T10",
    title=msg("Lead user screening"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.IDEAS, fw.Need.ASK_CUSTOMERS, fw.Need.WHICH_CUSTOMERS),
    purpose=msg("Find customers who are ahead of the market and would gain most from something new."),
    explanation=(
        msg(
            "Some customers need today what others will need later, and some of them have already built it themselves. "
            "They are the best partners for new products."
        ),
        msg(
            "Six statements, each from 1 (not at all) to 5 (fully): three on being ahead of others, three on how much "
            "somebody would gain. Who has a mean of 4 or more on both is a lead user."
        ),
        msg(
            "Ask everybody “who knows more about this than you?”, and ask those next. After two or three steps you "
            "find people whom your customer list does not know."
        ),
    ),
    columns=(
        fw.Column("person", msg("Number of the person"), fw.ValueKind.KEY),
        *(fw.number_column(key, title, 1, 5, whole=True) for key, title in _STATEMENTS),
        fw.Column("own_solution", msg("Has built an own solution"), fw.ValueKind.YES_NO, required=False),
        fw.Column("referred_by", msg("Named by"), fw.ValueKind.KEY, required=False),
    ),
    options=(
        fw.choice_option(
            "rule",
            msg("Lead users are"),
            {"means": msg("those with a mean of 4 or more on both"), "top_tenth": msg("the best tenth of all people")},
        ),
    ),
    minimum=10,
    counted=msg("people"),
    reference=(
        "von Hippel, E. (1986): Lead Users: A Source of Novel Product Concepts. Management Science 32(7); von Hippel, "
        "E., Franke, N. and Prügl, R. (2009): Pyramiding. Research Policy 38(9)."
    ),
    # Fourteen owners of a heat pump, and ten whom they named: there the lead users are.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
)

"""T22: what a change of the business model rests on, and which assumption to test first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

_BEST = 5
_HIGHEST_RISK = _BEST * _BEST

#: The middles of both scales, importance 1 to 5 and evidence 0 to 5, cut the map into quadrants.
_MIDDLE_IMPORTANCE, _MIDDLE_EVIDENCE = 3.0, 2.5

_BLOCKS = {
    "partners": msg("Key partners"),
    "activities": msg("Key activities"),
    "resources": msg("Key resources"),
    "value": msg("Value propositions"),
    "relationships": msg("Customer relationships"),
    "channels": msg("Channels"),
    "segments": msg("Customer segments"),
    "costs": msg("Costs"),
    "revenue": msg("Revenue"),
}

_CHANGES = {
    "as_is": msg("as before"),
    "changed": msg("changed"),
    "new": msg("new"),
}


class Assumption(NamedTuple):
    """One card: what must be true, how much hangs on it (1 to 5), and how well it is known (0 to 5)."""

    block: str
    text: str
    importance: float
    evidence: float
    change: str

    @property
    def risk(self) -> float:
        """How urgent a test is, 0 to 25."""
        return risk(self.importance, self.evidence)

    @property
    def urgency(self) -> float:
        """The risk, those in the corner of the map before all others."""
        return self.risk + (_HIGHEST_RISK if self.is_leap else 0)

    @property
    def is_leap(self) -> bool:
        """Whether much hangs on it and little is known: the corner of the map to test first."""
        return self.importance > _MIDDLE_IMPORTANCE and self.evidence < _MIDDLE_EVIDENCE


def risk(importance: float, evidence: float) -> float:
    """Return importance (1 to 5) x (5 - evidence), evidence 0 to 5; the result is 0 to 25."""
    return importance * (_BEST - evidence)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Put assumptions in the order in which they are to be tested."""
    assumptions = _assumptions(table)
    filled = len({entry.block for entry in assumptions})
    leaps = [entry for entry in assumptions if entry.is_leap]
    first = (*leaps, *assumptions)[0]
    title = msg("Map of the assumptions: test first what stands in the upper left")
    marks = (fw.Mark("x", _MIDDLE_EVIDENCE, msg("better known")), fw.Mark("y", _MIDDLE_IMPORTANCE, msg("important")))
    missing = sum(value is None for value in table.maybe_numbers("evidence"))
    return fw.Result(
        n=filled,
        verdict=_verdict(assumptions, leaps),
        figures=(
            fw.Figure("blocks", msg("Blocks with a card, of nine"), filled),
            fw.Figure("assumptions", msg("Assumptions"), len(assumptions)),
            fw.Figure("leaps", msg("Important and hardly known: test first"), len(leaps)),
            fw.Figure("highest_risk", msg("Highest risk, of 25"), assumptions[0].risk, n=len(assumptions)),
            fw.Figure("changes", msg("Cards that are new or changed"), sum(_is_change(entry) for entry in assumptions)),
        ),
        tables=(_table(assumptions), _blocks_table(assumptions)),
        charts=(fw.scatter(title, "assumptions", "assumption", ("evidence", "importance"), marks, scale=(0, _BEST)),),
        notes=fw.noted(msg("Assumptions without a number for evidence, counted as 0: %(missing)s.", missing=missing)),
        estimates=(_risk_by_hand(assumptions),),
        questions=(
            *fw.ask_largest(
                "riskiest",
                msg("Which assumption do you test first?"),
                [(entry.text, entry.urgency) for entry in sorted(assumptions, key=lambda entry: entry.text)],
            ),
            *_where_is_change(assumptions),
        ),
        decision=fw.Decision(
            msg(
                "Write a test card for “%(assumption)s”: we believe that …, to check it we …, we measure …, we are "
                "right if …",
                assumption=first.text,
            )
        ),
    )


def _assumptions(table: fw.Table) -> list[Assumption]:
    """Return the cards, the riskiest first, equally risky ones by importance; unknown evidence counts as none."""
    columns = (
        table.texts("block"),
        table.texts("assumption"),
        table.numbers("importance"),
        [value or 0.0 for value in table.maybe_numbers("evidence")],
        table.texts("change"),
    )
    cards = (Assumption(*row) for row in zip(*columns, strict=True))
    return sorted(cards, key=lambda entry: (-entry.risk, -entry.importance, entry.text))


def _is_change(entry: Assumption) -> bool:
    return entry.change in ("new", "changed")


def _table(assumptions: Sequence[Assumption]) -> fw.ResultTable:
    return fw.Rows("assumptions", msg("Assumptions, the riskiest first"), assumptions).shown(
        fw.Shown("assumption", msg("Assumption"), lambda entry: entry.text),
        fw.Shown("block", msg("Block"), lambda entry: _BLOCKS[entry.block]),
        fw.Shown("importance", msg("Importance"), lambda entry: entry.importance),
        fw.Shown("evidence", msg("Evidence"), lambda entry: entry.evidence),
        fw.Shown("risk", msg("Risk"), lambda entry: entry.risk),
        fw.Shown("test_first", msg("Test first"), lambda entry: entry.is_leap),
        fw.Shown("change", msg("What changed"), lambda entry: _CHANGES.get(entry.change, "")),
    )


def _blocks_table(assumptions: Sequence[Assumption]) -> fw.ResultTable:
    members: dict[str, list[Assumption]] = {block: [] for block in _BLOCKS}
    for entry in assumptions:
        members[entry.block].append(entry)
    return fw.Rows("blocks", msg("The nine blocks"), _BLOCKS).shown(
        fw.Shown("block", msg("Block"), lambda block: _BLOCKS[block]),
        fw.Shown("cards", msg("Cards"), lambda block: len(members[block])),
        fw.Shown("changes", msg("New or changed"), lambda block: sum(map(_is_change, members[block]))),
        fw.Shown(
            "highest_risk", msg("Highest risk"), lambda block: max((e.risk for e in members[block]), default=None)
        ),
        fw.Shown("evidence", msg("Evidence (mean)"), lambda block: fw.mean([e.evidence for e in members[block]])),
    )


def _verdict(assumptions: Sequence[Assumption], leaps: Sequence[Assumption]) -> fw.Verdict:
    if leaps:
        text = msg(
            "The model rests on assumptions that are important and hardly known: %(leaps)s. Test this one first: "
            "“%(first)s”.",
            leaps=len(leaps),
            first=leaps[0].text,
        )
        return fw.Verdict("test-first", fw.Level.ATTENTION, text)
    if any(map(_is_change, assumptions)):
        text = msg("Everything important about the change is known well enough to take the next step.")
        return fw.Verdict("well-known", fw.Level.GOOD, text)
    text = msg("Nothing on the canvas is new or changed: this is the model you have. Mark what you want to change.")
    return fw.Verdict("no-change", fw.Level.NEUTRAL, text)


def _risk_by_hand(assumptions: Sequence[Assumption]) -> fw.Estimate:
    """Ask for one in the middle of the list, which gives the first ones not away."""
    entry = assumptions[len(assumptions) // 2]
    text = msg(
        "“%(assumption)s”: importance %(importance)s, evidence %(evidence)s. How large is the risk?",
        assumption=entry.text,
        importance=round(entry.importance, 2),
        evidence=round(entry.evidence, 2),
    )
    slips = (
        fw.Slip(entry.importance * entry.evidence, msg("You took the evidence. What counts is what is missing to 5.")),
        fw.Slip(entry.importance + _BEST - entry.evidence, msg("You added. Multiply both numbers.")),
    )
    return fw.Estimate("risk", text, entry.risk, tolerance=0.2, slips=slips)


def _where_is_change(assumptions: Sequence[Assumption]) -> Iterator[fw.Question]:
    """Ask whether what changes is what is least known; not if nothing or everything changes."""
    by_change = [[entry.evidence for entry in assumptions if _is_change(entry) is changes] for changes in (True, False)]
    if all(by_change):
        new, old = (sum(values) / len(values) for values in by_change)
        text = msg("Do you know less about what is new or changed than about the rest?")
        yield fw.Question("is_change_known", text, fw.yes_or_no(new < old))


def _wide(*blocks: str) -> tuple[str, ...]:
    """Give each block two cells of a row, so that the two below can share ten equally."""
    return tuple(block for block in blocks for _cell in range(2))


INSTRUMENT = fw.Instrument(
    key="business-model-canvas",
    code="T22",
    title=msg("Business model canvas and assumptions map"),
    phases=(fw.Phase.PROCESS, fw.Phase.REALISE),
    needs=(fw.Need.OFFER, fw.Need.TEST),
    purpose=msg("Change how the firm earns money, and find the assumption to test first."),
    explanation=(
        msg(
            "Nine blocks say how a firm works: for whom, what it offers, through which channels, with whom, and where "
            "the money comes from and goes. Fill each block with cards. Mark what is new or changed."
        ),
        msg(
            "Each card is an assumption. How much hangs on it, from 1 to 5? How well do you know it, from 0, a guess, "
            "to 5, proven by what customers did?"
        ),
        msg(
            "Risk is importance times what is missing to full evidence, 0 to 25. Test the riskiest assumption first, "
            "as cheaply as you can."
        ),
    ),
    columns=(
        fw.choice_column("block", msg("Block"), _BLOCKS),
        fw.Column("assumption", msg("Assumption"), fw.ValueKind.FREE_TEXT),
        fw.number_column("importance", msg("Importance, 1 to 5"), 1, _BEST),
        fw.number_column("evidence", msg("Evidence, 0 to 5"), 0, _BEST, required=False),
        fw.choice_column("change", msg("New or changed"), _CHANGES, required=False),
    ),
    minimum=len(_BLOCKS),
    counted=msg("blocks with a card"),
    reference=(
        "Osterwalder, A. and Pigneur, Y. (2010): Business Model Generation; Bland, D. and Osterwalder, A. (2019): "
        "Testing Business Ideas."
    ),
    # Electricians want to look after heat pumps for a yearly price: nobody has asked customers whether they pay.
    demo=fw.Demo(fw.Firm.EL_SERVICE),
    compute=compute,
    canvas=fw.CardLayout(
        place="block",
        text="assumption",
        layout=(
            _wide("partners", "activities", "value", "relationships", "segments"),
            _wide("partners", "resources", "value", "channels", "segments"),
            (*("costs",) * 5, *("revenue",) * 5),
        ),
    ),
)

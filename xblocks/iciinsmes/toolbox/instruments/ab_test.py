"""T27: did one of two variants of a page, letter or offer really bring more, or was it chance?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .kit import (
    Answer,
    Chart,
    ChartKind,
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
    Option,
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
    msg,
    names,
)
from .kit.statistics import Interval, wilson
from .kit.two_shares import Comparison, Variant, compare, shares_z, visitors_for_difference
from .kit.words import grouped, same


def compute(table: Table, options: Settings) -> Result:
    """Add up both variants and compare them."""
    variants, impossible = _variants(table)
    notes = (msg("Rows left out, more replies than people: %(rows)s.", rows=impossible),) if impossible else ()
    if len(variants) < 2:
        verdict = Verdict("one-variant", Level.ATTENTION, msg("There is only one variant: nothing to compare."))
        return Result(n=0, verdict=verdict, notes=notes)
    present = options.text("present")
    first, second = _two(variants, present)
    if present and same(present) != same(first.name):
        text = msg("There is no variant “%(present)s”: “%(first)s” stands first.", present=present, first=first.name)
        notes = (*notes, text)
    found = compare(first, second)
    planned = _planned(options)
    smaller = min(first.seen, second.seen)
    return Result(
        n=smaller,
        verdict=_verdict(found, planned),
        figures=_figures(found, planned),
        tables=(_table(found),),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("Share that replied, and where the true one lies"),
                table="variants",
                label="variant",
                values=("share",),
                low="low",
                high="high",
                emphasis="better",
                minimum=0,
            ),
        ),
        conditions=_conditions(len(variants), impossible),
        notes=(*notes, *_notes(found, planned)),
        estimates=(_difference_by_hand(found), *_planned_by_hand(found, options)),
        questions=(_what_may_be_said(found, planned),),
        decision=_decision(found, planned),
    )


def _variants(table: Table) -> tuple[list[Variant], int]:
    """Return the variants by name with their sums, and how many rows have more replies than visitors."""
    seen, done = table.integers("seen"), table.integers("done")
    found, impossible = [], 0
    for name, rows in grouped(table.texts("variant")).items():
        good = [row for row in rows if done[row] <= seen[row]]
        impossible += len(rows) - len(good)
        total = sum(seen[row] for row in good)
        if total:
            found.append(Variant(name, total, sum(done[row] for row in good)))
    return sorted(found, key=lambda variant: (variant.name.casefold(), variant.name)), impossible


def _two(variants: Sequence[Variant], present: str) -> tuple[Variant, Variant]:
    """Return the present variant, the first by name if none is told, and of the others the one seen most."""
    first = next((entry for entry in variants if same(entry.name) == same(present)), variants[0])
    return first, max((entry for entry in variants if entry is not first), key=lambda entry: entry.seen)


def _rates(options: Settings) -> tuple[float, float] | None:
    """Return the share expected and the one hoped for, 0 to 1, if both are told and differ."""
    now, hoped = options.maybe_number("expected"), options.maybe_number("hoped")
    return (now / 100, hoped / 100) if now is not None and hoped is not None and now != hoped else None


def _planned(options: Settings) -> int | None:
    """Return how many were to see each variant: as written down, or as follows from the rates."""
    planned = options.maybe_number("planned")
    rates = _rates(options)
    return int(planned) if planned is not None else visitors_for_difference(*rates) if rates else None


def _figures(found: Comparison, planned: int | None) -> tuple[Figure, ...]:
    first, second = found.first, found.second
    difference = Interval(*(100 * value for value in found.difference))
    needed = visitors_for_difference(first.share, second.share) if first.share != second.share else None
    z = None if found.is_exact else shares_z(first.done, first.seen, second.done, second.seen)
    return (
        Figure(
            "difference",
            msg("Difference, second variant minus first"),
            difference.value,
            Unit.POINTS,
            difference.low,
            difference.high,
            first.seen + second.seen,
        ),
        Figure("p", msg("Chance of such a difference without any cause (p)"), found.p, decimals=3),
        Figure("z", msg("Difference in standard errors (z)"), z, decimals=2),
        Figure("method", msg("Computed"), msg("exactly (Fisher)") if found.is_exact else msg("with z")),
        Figure("smaller", msg("Seen by, in the smaller group"), min(first.seen, second.seen)),
        Figure("planned", msg("Planned for each variant"), planned),
        Figure("needed", msg("Needed for each variant to prove a difference of this size"), needed),
    )


def _table(found: Comparison) -> ResultTable:
    rows = []
    for entry in (found.first, found.second):
        share, low, high = (100 * part for part in wilson(entry.done, entry.seen))
        is_better = found.is_proven and entry is found.better
        rows.append((entry.name, entry.seen, entry.done, share, low, high, is_better))
    return ResultTable(
        "variants",
        msg("Both variants"),
        (
            Heading("variant", msg("Variant")),
            Heading("seen", msg("Seen by")),
            Heading("done", msg("Replies")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("low", msg("From"), Unit.PERCENT),
            Heading("high", msg("To"), Unit.PERCENT),
            Heading("better", msg("Proven to be better")),
        ),
        tuple(rows),
    )


def _is_stopped_early(found: Comparison, planned: int | None) -> bool:
    return planned is not None and min(found.first.seen, found.second.seen) < planned


def _verdict(found: Comparison, planned: int | None) -> Verdict:
    if planned is not None and _is_stopped_early(found, planned):
        text = msg(
            "Too early: %(seen)s saw the smaller group, you planned %(planned)s. Whoever stops as soon as it looks "
            "good is often fooled by chance.",
            seen=min(found.first.seen, found.second.seen),
            planned=planned,
        )
        return Verdict("too-small", Level.ATTENTION, text)
    if found.is_proven:
        text = msg(
            "“%(better)s” brings more. The true difference lies between %(low)s and %(high)s points.",
            better=found.better.name,
            **_bounds(found.difference),
        )
        return Verdict("difference", Level.GOOD, text)
    text = msg(
        "No proof of a difference. It may be anything from %(low)s to %(high)s points, also nothing. That does not "
        "mean that both are equal.",
        low=round(100 * found.difference.low, 1),
        high=round(100 * found.difference.high, 1),
    )
    return Verdict("no-proof", Level.NEUTRAL, text)


def _bounds(difference: Interval) -> Mapping[str, float]:
    """Return both ends in points, as seen from the better variant."""
    low, high = sorted((100 * difference.low, 100 * difference.high))
    if difference.value < 0:
        low, high = -high, -low
    return {"low": round(low, 1), "high": round(high, 1)}


def _conditions(variants: int, impossible: int) -> tuple[Condition, ...]:
    return (
        Condition(
            "two-variants",
            variants == 2,
            msg("There are %(variants)s variants: test two at a time, one change each.", variants=variants),
        ),
        Condition("possible", not impossible, msg("In some rows more people replied than saw it. Look at these rows.")),
    )


def _notes(found: Comparison, planned: int | None) -> tuple[Text, ...]:
    notes = []
    if planned is None:
        notes.append(msg("You named no planned number. Write it down before the next test, and stop only there."))
    larger, smaller = sorted((found.first.seen, found.second.seen), reverse=True)
    if larger > 2 * smaller:
        notes.append(msg("One group is more than twice as large as the other. Let chance decide who sees which."))
    return tuple(notes)


def _difference_by_hand(found: Comparison) -> Estimate:
    first, second = 100 * found.first.share, 100 * found.second.share
    slips = [Slip(first - second, msg("The sign is the wrong way round: second minus first."))]
    if first:
        relative = 100 * (second - first) / first
        slips.append(Slip(relative, msg("That is the difference as a part of the first share. Only subtract.")))
    text = msg(
        "How many percentage points is the share of “%(second)s” above that of “%(first)s”? Below is a minus.",
        first=found.first.name,
        second=found.second.name,
    )
    return Estimate("difference", text, second - first, tolerance=0.3, unit=Unit.POINTS, slips=tuple(slips))


def _planned_by_hand(found: Comparison, options: Settings) -> tuple[Estimate, ...]:
    """Ask for the planned number, by the rule of thumb 16·p·(1 - p) / d², which stands for 80 % power."""
    now, hoped = _rates(options) or (round(found.first.share, 2), round(found.second.share, 2))
    if now == hoped:
        return ()
    middle = (now + hoped) / 2
    thumb = 16 * middle * (1 - middle) / (now - hoped) ** 2
    text = msg(
        "How many have to see each variant, if you want to tell %(now)s %% from %(hoped)s %%? Take 16 x p x (1 - p) / "
        "d x d, with p the middle of both shares and d their difference (both as 0.…).",
        now=round(100 * now, 1),
        hoped=round(100 * hoped, 1),
    )
    slips = (
        Slip(2 * thumb, msg("That is both groups together. The question is about one.")),
        Slip(thumb * abs(now - hoped), msg("Divide by the difference twice.")),
    )
    return (Estimate("planned", text, thumb, tolerance=max(0.05 * thumb, 1), slips=slips),)


def _what_may_be_said(found: Comparison, planned: int | None) -> Question:
    is_early = _is_stopped_early(found, planned)
    answers = [
        (found.first.name, found.is_proven and found.better is found.first and not is_early),
        (found.second.name, found.is_proven and found.better is found.second and not is_early),
    ]
    because = (
        msg("You have not reached the number you planned.")
        if is_early
        else msg("Chance alone rarely makes such a difference.")
        if found.is_proven
        else msg("Chance alone may well make such a difference.")
    )
    return Question(
        "verdict",
        msg("What may you say?"),
        (
            *(Answer(msg("“%(name)s” brings more", name=name), right, because) for name, right in answers),
            Answer(msg("No difference is proven"), not found.is_proven and not is_early, because),
            Answer(msg("It is too early to say anything"), is_early, because),
        ),
    )


def _decision(found: Comparison, planned: int | None) -> Decision:
    keep = msg("Keep “%(name)s”", name=found.first.name)
    use = msg("Use “%(name)s”", name=found.second.name)
    go_on = msg("Let the test run on")
    ask = msg("Stop, and ask ten customers what they think")
    if _is_stopped_early(found, planned):
        ranking, consistent = (go_on, ask, keep, use), 2
    elif found.is_proven:
        ranking, consistent = ((use, keep) if found.better is found.second else (keep, use)) + (ask, go_on), 1
    else:
        ranking, consistent = (keep, ask, use, go_on), 2
    return Decision(msg("What do you do now?"), ranking, consistent)


def _demo() -> list[tuple[Value, ...]]:
    """Two letters to owners of a loyalty card: 10 instead of 6 % come, and the proof took over 720 letters each."""
    letters = (("picture of a loaf", (8, 9, 4, 7, 5, 6)), ("letter of the baker", (13, 14, 9, 11, 8, 10)))
    return [
        (f"2026 week {37 + week}", name, 122 + (week * 5 + place) % 4, replies + week % 2 * 2)
        for place, (name, all_replies) in enumerate(letters)
        for week, replies in enumerate(all_replies)
    ]


INSTRUMENT = Instrument(
    key="ab-test",
    code="T27",
    title=msg("A/B test"),
    phases=(Phase.REALISE,),
    needs=(Need.TEST,),
    purpose=msg("Find out which of two variants of a page, letter or offer brings more."),
    explanation=(
        msg("Show half of the people one variant and half the other, and let chance decide who sees which."),
        msg(
            "Count how many saw each and how many replied, bought or called. The test says whether chance alone could "
            "make such a difference."
        ),
        msg(
            "Before you begin, write down how many are to see each variant, and stop only there. To tell 6 %% from "
            "10 %% it takes about 720 each. With fewer customers, test a prototype with five of them instead."
        ),
    ),
    columns=(
        Column(
            "period",
            msg("Day or week"),
            Kind.WORD,
            required=False,
            aliases=("week", "woche", "uge", "hét", "tydzień", *names.DATE),
        ),
        Column(
            "variant",
            msg("Variant"),
            Kind.WORD,
            aliases=("version", "variante", "variation", "változat", "wariant", "wersja"),
        ),
        Column(
            "seen",
            msg("Seen by"),
            Kind.INTEGER,
            aliases=(
                *("visitors", "n", "sent", "letters", "views", "besucher", "gesehen", "verschickt", "briefe"),
                *("besøgende", "sendt", "breve", "set", "látogatók", "elküldve", "levelek", "odwiedzający"),
                *("wysłane", "listy"),
            ),
            minimum=0,
        ),
        Column(
            "done",
            msg("Replies"),
            Kind.INTEGER,
            aliases=(
                *("conversions", "replies", "orders", "clicks", "antworten", "käufe", "bestellungen", "klicks"),
                *("svar", "køb", "bestillinger", "klik", "válaszok", "vásárlások", "kattintások", "odpowiedzi"),
                *("zakupy", "zamówienia", "kliknięcia"),
            ),
            minimum=0,
        ),
    ),
    options=(
        Option("present", msg("Variant you use today"), Kind.WORD),
        Option("planned", msg("Planned for each variant, written down before the test"), Kind.INTEGER, minimum=1),
        Option("expected", msg("Share you expect today, in percent"), Kind.NUMBER, minimum=0, maximum=100),
        Option("hoped", msg("Share that is worth the change, in percent"), Kind.NUMBER, minimum=0, maximum=100),
    ),
    minimum=20,
    counted=msg("people in the smaller group"),
    reference=(
        "Fleiss, J., Levin, B., Paik, M. (2003): Statistical Methods for Rates and Proportions; Kohavi, R., Tang, D., "
        "Xu, Y. (2020): Trustworthy Online Controlled Experiments."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo, options=(("present", "picture of a loaf"), ("expected", 6.0), ("hoped", 10.0))),
    compute=compute,
)

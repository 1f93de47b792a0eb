"""T27: did one of two variants of a page, letter or offer really bring more, or was it chance?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from . import framework as fw
from .framework import msg
from .methods.experiments import variants as several


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Add up both variants and compare them."""
    variants, impossible = _variants(table)
    notes = fw.noted(msg("Rows left out, more replies than people: %(rows)s.", rows=impossible))
    if len(variants) < 2:
        verdict = fw.Verdict("one-variant", fw.Level.ATTENTION, msg("There is only one variant: nothing to compare."))
        return fw.Result(n=0, verdict=verdict, notes=notes)
    planned = _planned(options)
    notes = (*notes, *_notes(variants, planned))
    conditions = tuple(_conditions(len(variants), impossible))
    present = options.text("present")
    if present and fw.same(present) not in {fw.same(variant.name) for variant in variants}:
        text = msg(
            "There is no variant “%(present)s”: “%(first)s” stands first.", present=present, first=variants[0].name
        )
        notes = (text, *notes)
    if len(variants) > 2:
        return _of_many(variants, planned, conditions, notes)
    first, second = _two(variants, present)
    found = fw.compare(first, second)
    better = found.better if found.is_proven and not several.is_early(variants, planned) else None
    return fw.Result(
        n=min(first.seen, second.seen),
        verdict=_verdict(found, planned),
        figures=tuple(_figures(found, planned)),
        tables=(several.variants_table(msg("Both variants"), found.both, better),),
        charts=(several.variants_chart(),),
        conditions=conditions,
        notes=notes,
        estimates=(_difference_by_hand(found), *_planned_by_hand(found, options)),
        questions=(several.race_question(found.both, several.race(found.both), planned),),
        decision=_decision(found, planned),
    )


def _variants(table: fw.Table) -> tuple[list[fw.Variant], int]:
    """Return the variants by name with their sums, and how many rows have more replies than visitors."""
    seen, done = table.integers("seen"), table.integers("done")
    found, impossible = [], 0
    for name, rows in fw.grouped(table.texts("variant")).items():
        good = [row for row in rows if done[row] <= seen[row]]
        impossible += len(rows) - len(good)
        total = sum(seen[row] for row in good)
        if total:
            found.append(fw.Variant(name, total, sum(done[row] for row in good)))
    return sorted(found, key=lambda variant: (variant.name.casefold(), variant.name)), impossible


def _two(variants: Sequence[fw.Variant], present: str) -> tuple[fw.Variant, fw.Variant]:
    """Return the present variant, the first by name if none is told, and the other one."""
    one, other = variants
    return (other, one) if fw.same(other.name) == fw.same(present) else (one, other)


def _of_many(
    variants: Sequence[fw.Variant],
    planned: int | None,
    conditions: tuple[fw.Condition, ...],
    notes: tuple[fw.Text, ...],
) -> fw.Result:
    """Compare the best variant with each of the others: a sentence about two of them would leave the rest out."""
    found = several.race(variants)
    better = found.best[0] if found.is_proven and not several.is_early(variants, planned) else None
    return fw.Result(
        n=min(variant.seen for variant in variants),
        verdict=several.race_verdict(variants, found, planned),
        figures=tuple(several.race_figures(variants, found, planned)),
        tables=(several.variants_table(msg("All variants"), variants, better),),
        charts=(several.variants_chart(),),
        conditions=conditions,
        notes=notes,
        questions=(several.race_question(variants, found, planned),),
        decision=several.race_decision(variants, found, planned),
    )


def _rates(options: fw.Settings) -> tuple[float, float] | None:
    """Return the share expected and the one hoped for, 0 to 1, if both are told and differ."""
    now, hoped = options.maybe_number("expected"), options.maybe_number("hoped")
    return (now / 100, hoped / 100) if now is not None and hoped is not None and now != hoped else None


def _planned(options: fw.Settings) -> int | None:
    """Return how many were to see each variant: as written down, or as follows from the rates."""
    planned = options.maybe_number("planned")
    rates = _rates(options)
    return int(planned) if planned is not None else fw.visitors_for_difference(*rates) if rates else None


def _figures(found: fw.Comparison, planned: int | None) -> Iterator[fw.Figure]:
    first, second = found.first, found.second
    needed = fw.visitors_for_difference(first.share, second.share) if first.share != second.share else None
    z = None if found.is_exact else fw.shares_z(first.done, first.seen, second.done, second.seen)
    title = msg("Difference, second variant minus first")
    people = first.seen + second.seen
    yield fw.interval_figure("difference", title, found.difference.percent, fw.Unit.POINTS, people)
    yield fw.Figure("p", msg("Chance of such a difference without any cause (p)"), found.p, decimals=3)
    yield fw.Figure("z", msg("Difference in standard errors (z)"), z, decimals=2)
    yield fw.Figure("method", msg("Computed"), msg("exactly (Fisher)") if found.is_exact else msg("with z"))
    yield fw.Figure("smaller", msg("Seen by, in the smaller group"), min(first.seen, second.seen))
    yield fw.Figure("planned", msg("Planned for each variant"), planned)
    yield fw.Figure("needed", msg("Needed for each variant to prove a difference of this size"), needed)


def _verdict(found: fw.Comparison, planned: int | None) -> fw.Verdict:
    if planned is not None and several.is_early(found.both, planned):
        return several.early_verdict(found.both, planned)
    if found.is_proven:
        text = msg(
            "“%(better)s” brings more. The true difference lies between %(low)s and %(high)s points.",
            better=found.better.name,
            **_bounds(found.difference),
        )
        return fw.Verdict("difference", fw.Level.GOOD, text)
    text = msg(
        "No proof of a difference. It may be anything from %(low)s to %(high)s points, also nothing. That does not "
        "mean that both are equal.",
        low=fw.rounded(100 * found.difference.low, 0),
        high=fw.rounded(100 * found.difference.high, 0),
    )
    return fw.Verdict("no-proof", fw.Level.NEUTRAL, text)


def _bounds(difference: fw.Interval) -> Mapping[str, float]:
    """Return both ends in points, as seen from the better variant."""
    low, high = sorted((100 * difference.low, 100 * difference.high))
    if difference.value < 0:
        low, high = -high, -low
    return {"low": fw.rounded(low, 0), "high": fw.rounded(high, 0)}


def _conditions(variants: int, impossible: int) -> Iterator[fw.Condition]:
    text = msg("There are %(variants)s variants: test two at a time, one change each.", variants=variants)
    yield fw.Condition("two-variants", variants == 2, text)
    text = msg("In some rows more people replied than saw it. Look at these rows.")
    yield fw.Condition("possible", not impossible, text)


def _notes(variants: Sequence[fw.Variant], planned: int | None) -> Iterator[fw.Text]:
    if planned is None:
        yield msg("You named no planned number. Write it down before the next test, and stop only there.")
    sizes = [variant.seen for variant in variants]
    if max(sizes) > 2 * min(sizes):
        yield msg("One group is more than twice as large as the other. Let chance decide who sees which.")


def _difference_by_hand(found: fw.Comparison) -> fw.Estimate:
    first, second = 100 * found.first.share, 100 * found.second.share
    slips = [fw.Slip(first - second, msg("The sign is the wrong way round: second minus first."))]
    if first:
        relative = 100 * (second - first) / first
        slips.append(fw.Slip(relative, msg("That is the difference as a part of the first share. Only subtract.")))
    text = msg(
        "How many percentage points is the share of “%(second)s” above that of “%(first)s”? Below is a minus.",
        first=found.first.name,
        second=found.second.name,
    )
    return fw.Estimate("difference", text, second - first, tolerance=0.3, unit=fw.Unit.POINTS, slips=tuple(slips))


def _planned_by_hand(found: fw.Comparison, options: fw.Settings) -> Iterator[fw.Estimate]:
    """Ask for the planned number, by the rule of thumb 16·p·(1 - p) / d², which stands for 80 % power."""
    now, hoped = _rates(options) or (round(found.first.share, 2), round(found.second.share, 2))
    if now == hoped:
        return
    middle = (now + hoped) / 2
    thumb = 16 * middle * (1 - middle) / (now - hoped) ** 2
    text = msg(
        "How many have to see each variant, if you want to tell %(now)s %% from %(hoped)s %%? Take 16 x p x (1 - p) / "
        "d x d, with p the middle of both shares and d their difference (both as 0.…).",
        now=round(100 * now, 1),
        hoped=round(100 * hoped, 1),
    )
    slips = (
        fw.Slip(2 * thumb, msg("That is both groups together. The question is about one.")),
        fw.Slip(thumb * abs(now - hoped), msg("Divide by the difference twice.")),
    )
    yield fw.Estimate("planned", text, thumb, tolerance=max(0.05 * thumb, 1), slips=slips)


def _decision(found: fw.Comparison, planned: int | None) -> fw.Decision:
    keep = msg("Keep “%(name)s”", name=found.first.name)
    use = msg("Use “%(name)s”", name=found.second.name)
    go_on = msg("Let the test run on")
    ask = msg("Stop, and ask ten customers what they think")
    if several.is_early(found.both, planned):
        ranking, consistent = (go_on, ask, keep, use), 2
    elif found.is_proven:
        ranking, consistent = ((use, keep) if found.better is found.second else (keep, use)) + (ask, go_on), 1
    else:
        ranking, consistent = (keep, ask, use, go_on), 2
    return fw.Decision(msg("What do you do now?"), ranking, consistent)


INSTRUMENT = fw.Instrument(
    key="ab-test",
    code="T27",
    title=msg("A/B test"),
    phases=(fw.Phase.REALISE,),
    needs=(fw.Need.TEST,),
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
        fw.Column("period", msg("Day or week"), fw.ValueKind.WORD, required=False),
        fw.Column("variant", msg("Variant"), fw.ValueKind.WORD),
        fw.number_column("seen", msg("Seen by"), 0, whole=True),
        fw.number_column("done", msg("Replies"), 0, whole=True),
    ),
    options=(
        fw.Option("present", msg("Variant you use today"), fw.ValueKind.WORD),
        fw.number_option("planned", msg("Planned for each variant, written down before the test"), 1, whole=True),
        fw.number_option("expected", msg("Share you expect today, in percent"), 0, 100),
        fw.number_option("hoped", msg("Share that is worth the change, in percent"), 0, 100),
    ),
    minimum=20,
    counted=msg("people in the smaller group"),
    reference=(
        "Fleiss, J., Levin, B., Paik, M. (2003): Statistical Methods for Rates and Proportions; Kohavi, R., Tang, D., "
        "Xu, Y. (2020): Trustworthy Online Controlled Experiments."
    ),
    # Two letters to owners of a loyalty card: 10 instead of 6 % come, and the proof took over 720 letters each.
    demo=fw.Demo(fw.Firm.POD_DEBEM, options={"present": "picture of a loaf", "expected": 6.0, "hoped": 10.0}),
    compute=compute,
)

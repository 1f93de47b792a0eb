"""Variants of a test side by side: their table and chart, a test that stopped too early, and more than two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb
from typing import NamedTuple

from ... import framework as fw
from ...framework import msg


class Race(NamedTuple):
    """Two variants or more: those with the highest share, and whether one of them is ahead beyond chance.

    ``p`` is how likely the smallest lead of the best over another one is by chance, multiplied by the number of pairs,
    any of which could have shown such a lead (Bonferroni); at most 1.
    """

    best: Sequence[fw.Variant]
    p: float

    @property
    def is_proven(self) -> bool:
        """Whether one variant is better than every other."""
        return self.p < fw.SIGNIFICANT


def race(variants: Sequence[fw.Variant]) -> Race:
    """Compare the best of at least two variants with each other one."""
    highest = max(variant.share for variant in variants)
    best = [variant for variant in variants if variant.share == highest]
    pairs = comb(len(variants), 2)
    others = [variant for variant in variants if variant is not best[0]]
    return Race(best, min(1.0, pairs * max(fw.compare(best[0], other).p for other in others)))


def variants_table(title: fw.Text, variants: Sequence[fw.Variant], better: fw.Variant | None) -> fw.ResultTable:
    """Return the shares of all variants with their intervals; ``better`` is the one proven to be so, if any."""
    shares = {entry: fw.wilson(entry.done, entry.seen).percent for entry in variants}
    return fw.Rows("variants", title, variants).shown(
        fw.Shown("variant", msg("Variant"), lambda entry: entry.name),
        fw.Shown("seen", msg("Seen by"), lambda entry: entry.seen),
        fw.Shown("done", msg("Replies"), lambda entry: entry.done),
        fw.Shown("share", msg("Share"), lambda entry: shares[entry].value, fw.Unit.PERCENT),
        fw.Shown("low", msg("From"), lambda entry: shares[entry].low, fw.Unit.PERCENT),
        fw.Shown("high", msg("To"), lambda entry: shares[entry].high, fw.Unit.PERCENT),
        fw.Shown("better", msg("Proven to be better"), lambda entry: entry is better),
    )


def variants_chart() -> fw.Chart:
    """Return the chart of that table."""
    title = msg("Share that replied, and where the true one lies")
    return fw.bars(title, "variants", "variant", "share", interval=True, emphasis="better")


def is_early(variants: Sequence[fw.Variant], planned: int | None) -> bool:
    """Tell whether the smallest group has not reached what was planned."""
    return planned is not None and min(variant.seen for variant in variants) < planned


def early_verdict(variants: Sequence[fw.Variant], planned: int) -> fw.Verdict:
    """Return the verdict on a test that stopped too early."""
    text = msg(
        "Too early: %(seen)s saw the smaller group, you planned %(planned)s. Whoever stops as soon as it looks "
        "good is often fooled by chance.",
        seen=min(variant.seen for variant in variants),
        planned=planned,
    )
    return fw.Verdict("too-small", fw.Level.ATTENTION, text)


def race_verdict(variants: Sequence[fw.Variant], found: Race, planned: int | None) -> fw.Verdict:
    """Return what may be said about more than two variants: about all of them, never about two alone."""
    if planned is not None and is_early(variants, planned):
        return early_verdict(variants, planned)
    share = fw.rounded(100 * found.best[0].share, 0, 100)
    if found.is_proven:
        text = msg(
            "“%(best)s” brings more than each of the others: %(share)s %%.", best=found.best[0].name, share=share
        )
        return fw.Verdict("difference", fw.Level.GOOD, text)
    if len(found.best) > 1:
        text = msg("No variant is ahead: %(best)s have the same share.", best=fw.named([v.name for v in found.best]))
        return fw.Verdict("no-proof", fw.Level.NEUTRAL, text)
    text = msg(
        "“%(best)s” is ahead with %(share)s %%, but that it brings more than each of the others is not proven "
        "(p = %(p)s).",
        best=found.best[0].name,
        share=share,
        p=fw.rounded(found.p, fw.SIGNIFICANT, decimals=3),
    )
    return fw.Verdict("no-proof", fw.Level.NEUTRAL, text)


def race_figures(variants: Sequence[fw.Variant], found: Race, planned: int | None) -> Iterator[fw.Figure]:
    """Return the figures of more than two variants."""
    best = found.best[0]
    alone = best.name if len(found.best) == 1 else None
    yield fw.Figure("best", msg("Variant with the highest share"), alone)
    yield fw.share_figure("best_share", msg("Its share"), fw.GroupShare(best.name, best.done, best.seen))
    yield fw.Figure("p", msg("Chance of its lead over all others without any cause (p)"), found.p, decimals=3)
    yield fw.Figure("smaller", msg("Seen by, in the smaller group"), min(variant.seen for variant in variants))
    yield fw.Figure("planned", msg("Planned for each variant"), planned)


def race_question(variants: Sequence[fw.Variant], found: Race, planned: int | None) -> fw.Question:
    """Ask what may be said about two variants or more."""
    early = is_early(variants, planned)
    is_proven = found.is_proven and not early
    because = (
        msg("You have not reached the number you planned.")
        if early
        else msg("Chance alone rarely makes such a difference.")
        if is_proven
        else msg("Chance alone may well make such a difference.")
    )
    answers = [
        *((msg("“%(name)s” brings more", name=v.name), is_proven and v is found.best[0]) for v in variants),
        (msg("No difference is proven"), not found.is_proven and not early),
        (msg("It is too early to say anything"), early),
    ]
    return fw.Question("verdict", msg("What may you say?"), fw.choose_one(answers, because))


def race_decision(variants: Sequence[fw.Variant], found: Race, planned: int | None) -> fw.Decision:
    """Ask what to do; without a proof testing the best ones further is as good as staying with what is there."""
    go_on, ask = msg("Let the test run on"), msg("Stop, and ask ten customers what they think")
    best = [variant for variant in variants if variant in found.best]
    use = [msg("Use “%(name)s”", name=v.name) for v in (*best, *(v for v in variants if v not in best))]
    is_proven = found.is_proven and not is_early(variants, planned)
    ranking = (*use, ask, go_on) if is_proven else (go_on, ask, *use)
    return fw.Decision(msg("What do you do now?"), ranking, consistent=1 if is_proven else 2)

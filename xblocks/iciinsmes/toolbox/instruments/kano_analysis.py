"""T12: which features customers take for granted, which they pay for, and which delight them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from . import framework as fw
from .framework import msg

#: Row: answer to "if it is there"; column: answer to "if it is missing"; both 1 like to 5 dislike.
_PAIRS = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")

#: In this order categories win a tie, and in this order features are worked on, the rest below.
_ORDER = "MOAIRQ"

#: Below this distance of the two most frequent categories, in points of percent, a feature is mixed.
_CLEAR_POINTS = 6

_MINIMUM_PEOPLE = 20

_NAMES = {
    "M": msg("Must-be"),
    "O": msg("Performance"),
    "A": msg("Delight"),
    "I": msg("Indifferent"),
    "R": msg("Reverse"),
    "Q": msg("Questionable"),
}

#: Up to this share of contradictory answers the wording of the questions was understood.
_MAX_DOUBTFUL = 0.10

_QUESTIONS = 3


class Feature(NamedTuple):
    """What the answers make of one feature.

    ``better`` is 0 to 1, ``worse`` -1 to 0, None if no answer allows it; ``strength`` is in points of percent;
    ``total`` is the share of answers that care; ``is_significant`` is Fong's test at 90 %.
    """

    name: str
    n: int
    counts: Mapping[str, int]
    category: str
    better: float | None
    worse: float | None
    strength: float
    total: float
    is_significant: bool
    importance: float | None

    @property
    def is_mixed(self) -> bool:
        """Whether people disagree too much for one category, or most of them say another than the rule gives."""
        return self.strength < _CLEAR_POINTS or self.counts[self.category] < max(self.counts.values())

    @property
    def is_sure(self) -> bool:
        """Whether enough people agree for a sentence about the feature."""
        return not self.is_mixed and self.n >= _MINIMUM_PEOPLE


def pair_category(functional: int, dysfunctional: int) -> str:
    """Return the letter of a pair of answers, each 1 like to 5 dislike."""
    return _PAIRS[functional - 1][dysfunctional - 1]


def evaluate(name: str, counts: Mapping[str, int], importance: float | None = None) -> Feature:
    """Return what counted categories make of a feature.

    Args:
        name: of the feature.
        counts: letter to number of answers; at least one answer.
        importance: mean importance people gave, if they were asked.
    """
    full = {letter: counts.get(letter, 0) for letter in _ORDER}
    n = sum(full.values())
    caring = full["A"] + full["O"] + full["M"]
    usable = caring + full["I"]
    first, second = sorted(full.values(), reverse=True)[:2]
    return Feature(
        name=name,
        n=n,
        counts=full,
        category=_blauth(full),
        better=(full["A"] + full["O"]) / usable if usable else None,
        worse=-(full["O"] + full["M"]) / usable if usable else None,
        strength=100 * (first - second) / n,
        total=caring / n,
        is_significant=first - second >= 1.65 * math.sqrt((first + second) * (2 * n - first - second) / (2 * n)),
        importance=importance,
    )


def _blauth(counts: Mapping[str, int]) -> str:
    """Return the most frequent category of the side, caring or not caring, that has more answers."""
    caring = sum(counts[letter] for letter in "MOA")
    rest = sum(counts[letter] for letter in "IRQ")
    return max("MOA" if caring > rest else "IRQ", key=lambda letter: counts[letter])


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Classify every pair of answers, and every feature by its pairs."""
    letters = [
        pair_category(there, missing)
        for there, missing in zip(table.integers("functional"), table.integers("dysfunctional"), strict=True)
    ]
    importance = table.maybe_numbers("importance")
    features = [
        evaluate(
            name,
            Counter(letters[row] for row in rows),
            fw.mean([given for row in rows if (given := importance[row]) is not None]),
        )
        for name, rows in fw.grouped(table.texts("feature")).items()
    ]
    features.sort(key=lambda feature: (_ORDER.index(feature.category), feature.worse or 0.0, feature.name))
    people = len(set(table.texts("respondent")))
    doubtful = sum(letter in "QR" for letter in letters) / len(letters)
    text = msg(
        "More than 10 %% of the answers contradict themselves. The questions were probably not understood: "
        "word them anew."
    )
    title = msg("What having a feature brings, and what lacking it costs")
    marks = (fw.Mark("x", 0.5, msg("delights")), fw.Mark("y", 0.5, msg("annoys if missing")))
    return fw.Result(
        n=people,
        verdict=_verdict(features),
        figures=(
            fw.Figure("people", msg("People asked"), people),
            fw.Figure("features", msg("Features"), len(features)),
            fw.Figure("doubtful", msg("Contradictory answers"), 100 * doubtful, fw.Unit.PERCENT, n=len(letters)),
        ),
        tables=(_table(features), _counts(features)),
        charts=(fw.scatter(title, "features", "feature", ("better", "harm"), marks, scale=(0, 1)),),
        conditions=(fw.Condition("wording", doubtful <= _MAX_DOUBTFUL, text),),
        notes=tuple(
            msg("Few answers to “%(feature)s”: %(n)s.", feature=feature.name, n=feature.n)
            for feature in features
            if feature.n < _MINIMUM_PEOPLE <= people
        ),
        questions=(*_classify(table, letters), *_which_category(features)),
        decision=fw.Decision(msg("Which feature do you work on first?"), tuple(feature.name for feature in features)),
    )


def _table(features: Sequence[Feature]) -> fw.ResultTable:
    return fw.Rows("features", msg("Features"), features).shown(
        fw.Shown("feature", msg("Feature"), lambda feature: feature.name),
        fw.Shown("category", msg("Category"), lambda feature: _NAMES[feature.category]),
        fw.Shown("better", msg("Better"), lambda feature: feature.better, decimals=2),
        fw.Shown("worse", msg("Worse"), lambda feature: feature.worse, decimals=2),
        fw.Shown(
            "harm",
            msg("Harm if missing"),
            lambda feature: None if feature.worse is None else -feature.worse,
            decimals=2,
        ),
        fw.Shown("strength", msg("Lead of the category"), lambda feature: feature.strength, fw.Unit.POINTS),
        fw.Shown("total", msg("Answers that care"), lambda feature: 100 * feature.total, fw.Unit.PERCENT, decimals=0),
        fw.Shown("mixed", msg("Mixed"), lambda feature: feature.is_mixed),
        fw.Shown("significant", msg("Fong's test passed"), lambda feature: feature.is_significant),
        fw.Shown("importance", msg("Importance"), lambda feature: feature.importance),
        fw.Shown("n", msg("Answers"), lambda feature: feature.n),
    )


def _counts(features: Sequence[Feature]) -> fw.ResultTable:
    return fw.ResultTable(
        "counts",
        msg("Answers by category"),
        (fw.Heading("feature", msg("Feature")), *(fw.Heading(letter, _NAMES[letter]) for letter in _ORDER)),
        tuple((feature.name, *(feature.counts[letter] for letter in _ORDER)) for feature in features),
    )


def _verdict(features: Sequence[Feature]) -> fw.Verdict:
    of: dict[str, list[Feature]] = {letter: [] for letter in _ORDER}
    for feature in features:
        of[feature.category].append(feature)
    if of["M"]:
        return _must_be(of["M"])
    wanted = of["O"] + of["A"]
    first = next((feature for feature in wanted if feature.is_sure), None)
    if first:
        text = msg("No feature is a must-be. Begin with “%(feature)s”.", feature=first.name)
        return fw.Verdict("no-must-be", fw.Level.GOOD, text)
    if wanted:
        text = msg(
            "Your customers differ about %(features)s, or too few answered. Look at groups of customers on their own.",
            features=_named(wanted),
        )
        return fw.Verdict("mixed", fw.Level.NEUTRAL, text)
    if of["Q"]:
        text = msg("The questions about %(features)s were not understood: word them anew.", features=_named(of["Q"]))
        return fw.Verdict("not-understood", fw.Level.ATTENTION, text)
    if of["R"]:
        text = msg("Customers would rather do without %(features)s. No feature is wanted.", features=_named(of["R"]))
        return fw.Verdict("reverse", fw.Level.NEUTRAL, text)
    if not any(feature.is_sure for feature in features):
        text = msg("No feature has a clear category: your customers differ. Look at groups of customers on their own.")
        return fw.Verdict("mixed", fw.Level.NEUTRAL, text)
    return fw.Verdict("indifferent", fw.Level.NEUTRAL, msg("None of these features matters much to your customers."))


def _must_be(features: Sequence[Feature]) -> fw.Verdict:
    """Return the verdict where a feature is a must-be, however unsure: to leave one out costs customers."""
    sure = [feature for feature in features if feature.is_sure]
    if len(sure) == 1:
        text = msg(
            "Make sure of “%(feature)s”: customers take it for granted and leave without it.", feature=sure[0].name
        )
        return fw.Verdict("must-be-first", fw.Level.ATTENTION, text)
    if sure:
        text = msg(
            "Make sure of %(features)s: customers take each of them for granted and leave without it.",
            features=_named(sure),
        )
        return fw.Verdict("must-be-first", fw.Level.ATTENTION, text)
    text = msg(
        "Perhaps customers take this for granted: %(features)s. The answers do not say so clearly. Ask more customers "
        "before you leave it out.",
        features=_named(features),
    )
    return fw.Verdict("must-be-unsure", fw.Level.ATTENTION, text)


def _named(features: Sequence[Feature]) -> fw.Text:
    return fw.named([feature.name for feature in features])


def _classify(table: fw.Table, letters: Sequence[str]) -> Iterator[fw.Question]:
    """Ask for the category of three pairs of answers of the learner's own data, each of another category."""
    pairs = dict(
        zip(letters, zip(table.integers("functional"), table.integers("dysfunctional"), strict=True), strict=True)
    )
    for index, (letter, (there, missing)) in enumerate(sorted(pairs.items())[:_QUESTIONS], 1):
        text = msg(
            "If it is there: “%(there)s”. If it is missing: “%(missing)s”. Which category is that?",
            there=_ANSWERS[there],
            missing=_ANSWERS[missing],
        )
        answers = fw.choose_one([(_NAMES[other], other == letter) for other in _ORDER])
        yield fw.Question(f"pair_{index}", text, answers, before=True)


def _which_category(features: Sequence[Feature]) -> Iterator[fw.Question]:
    clear = [entry for entry in features if entry.category in "MOAI"]
    for index, feature in enumerate(clear[:_QUESTIONS], 1):
        text = msg("What is “%(feature)s” for your customers?", feature=feature.name)
        answers = fw.choose_one([(_NAMES[letter], letter == feature.category) for letter in "MOAI"])
        yield fw.Question(f"feature_{index}", text, answers)


_ANSWERS = {
    1: msg("I like it"),
    2: msg("I expect it"),
    3: msg("I do not care"),
    4: msg("I can live with it"),
    5: msg("I dislike it"),
}

INSTRUMENT = fw.Instrument(
    key="kano-analysis",
    code="T12",
    title=msg("Kano analysis"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.UNDERSTAND, fw.Need.OFFER),
    purpose=msg("Tell what customers take for granted, what they pay for, and what delights them."),
    explanation=(
        msg(
            "Ask two questions about each feature: what do you say if it is there, and what if it is missing? The "
            "answers go from “I like it” to “I dislike it”."
        ),
        msg(
            "Both answers together give a category. Must-be: nobody praises it, everybody complains without it. "
            "Performance: the more the better. Delight: nobody expects it, many like it."
        ),
        msg("Work on must-be features first, then on performance, then on delight."),
    ),
    columns=(
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY),
        fw.Column("feature", msg("Feature"), fw.ValueKind.WORD),
        fw.choice_column("functional", msg("If it is there"), _ANSWERS),
        fw.choice_column("dysfunctional", msg("If it is missing"), _ANSWERS),
        fw.number_column("importance", msg("Importance, 1 to 5"), 1, 5, required=False),
    ),
    minimum=_MINIMUM_PEOPLE,
    counted=msg("people"),
    reference=(
        "Kano, N. et al. (1984): Attractive Quality and Must-Be Quality; Berger, C. et al. (1993): Kano's Methods for "
        "Understanding Customer-defined Quality; Lee, M. and Newcomb, J. (1997); Fong, D. (1996)."
    ),
    # Twenty-four customers of the bakery on eight offers.
    demo=fw.Demo(fw.Firm.POD_DEBEM),
    compute=compute,
)

"""T12: which features customers take for granted, which they pay for, and which delight them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .kit import (
    Chart,
    ChartKind,
    Choice,
    Column,
    Condition,
    Decision,
    Demo,
    Figure,
    Firm,
    Heading,
    Instrument,
    Kind,
    Level,
    Mark,
    Need,
    Phase,
    Question,
    Result,
    ResultTable,
    Settings,
    Table,
    Unit,
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.words import grouped

#: Row: answer to "if it is there"; column: answer to "if it is missing"; both 1 like to 5 dislike.
_PAIRS = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")

#: In this order categories win a tie, and in this order features are worked on, the rest below.
_ORDER = "MOAIRQ"

_NAMES = {
    "M": msg("Must-be"),
    "O": msg("Performance"),
    "A": msg("Delight"),
    "I": msg("Indifferent"),
    "R": msg("Reverse"),
    "Q": msg("Questionable"),
}

#: Below this distance of the two most frequent categories, in points of percent, a feature is mixed.
_CLEAR_POINTS = 6

#: Up to this share of contradictory answers the wording of the questions was understood.
_MAX_DOUBTFUL = 0.10

_MINIMUM_PEOPLE = 20
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
        """Whether people disagree too much for one category."""
        return self.strength < _CLEAR_POINTS


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


def compute(table: Table, options: Settings) -> Result:
    """Classify every pair of answers, and every feature by its pairs."""
    letters = [
        pair_category(there, missing)
        for there, missing in zip(table.integers("functional"), table.integers("dysfunctional"), strict=True)
    ]
    importance = table.maybe_numbers("importance")
    features = [
        evaluate(name, Counter(letters[row] for row in rows), _mean([importance[row] for row in rows]))
        for name, rows in grouped(table.texts("feature")).items()
    ]
    features.sort(key=lambda feature: (_ORDER.index(feature.category), feature.worse or 0.0, feature.name))
    people = len(set(table.texts("respondent")))
    doubtful = sum(letter in "QR" for letter in letters) / len(letters)
    return Result(
        n=people,
        verdict=_verdict(features),
        figures=(
            Figure("people", msg("People asked"), people),
            Figure("features", msg("Features"), len(features)),
            Figure("doubtful", msg("Contradictory answers"), 100 * doubtful, Unit.PERCENT, n=len(letters)),
        ),
        tables=(_table(features), _counts(features)),
        charts=(
            Chart(
                ChartKind.SCATTER,
                msg("What having a feature brings, and what lacking it costs"),
                table="features",
                label="feature",
                values=("better", "harm"),
                marks=(Mark("x", 0.5, msg("delights")), Mark("y", 0.5, msg("annoys if missing"))),
                minimum=0,
                maximum=1,
            ),
        ),
        conditions=(
            Condition(
                "wording",
                doubtful <= _MAX_DOUBTFUL,
                msg(
                    "More than 10 %% of the answers contradict themselves. The questions were probably not understood: "
                    "word them anew."
                ),
            ),
        ),
        notes=tuple(
            msg("“%(feature)s” has only %(n)s answers.", feature=feature.name, n=feature.n)
            for feature in features
            if feature.n < _MINIMUM_PEOPLE <= people
        ),
        questions=(*_classify(table, letters), *_which_category(features)),
        decision=Decision(msg("Which feature do you work on first?"), tuple(feature.name for feature in features)),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    given = [value for value in values if value is not None]
    return sum(given) / len(given) if given else None


def _table(features: Sequence[Feature]) -> ResultTable:
    headings = [
        Heading("feature", msg("Feature")),
        Heading("category", msg("Category")),
        Heading("better", msg("Better"), decimals=2),
        Heading("worse", msg("Worse"), decimals=2),
        Heading("harm", msg("Harm if missing"), decimals=2),
        Heading("strength", msg("Lead of the category"), Unit.POINTS),
        Heading("total", msg("Answers that care"), Unit.PERCENT, decimals=0),
        Heading("mixed", msg("Mixed")),
        Heading("significant", msg("Fong's test passed")),
        Heading("importance", msg("Importance")),
        Heading("n", msg("Answers")),
    ]
    rows = tuple(
        (
            feature.name,
            _NAMES[feature.category],
            feature.better,
            feature.worse,
            None if feature.worse is None else -feature.worse,
            feature.strength,
            100 * feature.total,
            feature.is_mixed,
            feature.is_significant,
            feature.importance,
            feature.n,
        )
        for feature in features
    )
    return ResultTable("features", msg("Features"), tuple(headings), rows)


def _counts(features: Sequence[Feature]) -> ResultTable:
    return ResultTable(
        "counts",
        msg("Answers by category"),
        (Heading("feature", msg("Feature")), *(Heading(letter, _NAMES[letter]) for letter in _ORDER)),
        tuple((feature.name, *(feature.counts[letter] for letter in _ORDER)) for feature in features),
    )


def _verdict(features: Sequence[Feature]) -> Verdict:
    clear = [feature for feature in features if not feature.is_mixed]
    if not clear:
        text = msg("No feature has a clear category: your customers differ. Look at groups of customers on their own.")
        return Verdict("mixed", Level.NEUTRAL, text)
    first = clear[0]
    if first.category == "M":
        text = msg(
            "Make sure of “%(feature)s”: customers take it for granted and leave without it.", feature=first.name
        )
        return Verdict("must-be-first", Level.ATTENTION, text)
    if first.category in "OA":
        text = msg("Nothing here is taken for granted. Begin with “%(feature)s”.", feature=first.name)
        return Verdict("no-must-be", Level.GOOD, text)
    return Verdict("indifferent", Level.NEUTRAL, msg("None of these features matters much to your customers."))


def _classify(table: Table, letters: Sequence[str]) -> tuple[Question, ...]:
    """Ask for the category of three pairs of answers of the learner's own data, each of another category."""
    pairs = dict(
        zip(letters, zip(table.integers("functional"), table.integers("dysfunctional"), strict=True), strict=True)
    )
    return tuple(
        Question(
            f"pair_{index}",
            msg(
                "If it is there: “%(there)s”. If it is missing: “%(missing)s”. Which category is that?",
                there=_ANSWERS[there - 1].title,
                missing=_ANSWERS[missing - 1].title,
            ),
            choose_one([(_NAMES[other], other == letter) for other in _ORDER]),
            before=True,
        )
        for index, (letter, (there, missing)) in enumerate(sorted(pairs.items())[:_QUESTIONS], 1)
    )


def _which_category(features: Sequence[Feature]) -> tuple[Question, ...]:
    return tuple(
        Question(
            f"feature_{index}",
            msg("What is “%(feature)s” for your customers?", feature=feature.name),
            choose_one([(_NAMES[letter], letter == feature.category) for letter in "MOAI"]),
        )
        for index, feature in enumerate([entry for entry in features if entry.category in "MOAI"][:_QUESTIONS], 1)
    )


def _demo() -> list[tuple[Value, ...]]:
    """Twenty-four customers of the bakery on eight offers."""
    # For each offer how often each pair of answers (there, missing) was given; 24 in all.
    answers: dict[str, dict[tuple[int, int], int]] = {
        "bread is fresh at 7": {(2, 5): 15, (1, 5): 6, (3, 3): 3},
        "card payment": {(2, 5): 11, (1, 5): 7, (3, 3): 6},
        "short queue": {(1, 5): 14, (2, 5): 5, (1, 3): 3, (3, 3): 2},
        "choice of wholegrain bread": {(1, 5): 11, (1, 3): 7, (3, 3): 6},
        "order by phone app": {(1, 3): 12, (1, 5): 4, (3, 3): 8},
        "tasting on Saturday": {(1, 3): 15, (3, 3): 8, (1, 1): 1},
        "loyalty card": {(1, 3): 8, (1, 5): 7, (2, 5): 1, (3, 3): 8},
        "music in the shop": {(3, 3): 17, (1, 3): 3, (5, 2): 4},
    }
    return [
        (f"R{person:02}", offer, there, missing, None)
        for offer, pairs in answers.items()
        for person, (there, missing) in enumerate((pair for pair, count in pairs.items() for _each in range(count)), 1)
    ]


_ANSWERS = (
    Choice(1, msg("I like it"), ("like", "gefällt mir", "kan lide", "tetszik", "podoba mi się")),
    Choice(2, msg("I expect it"), ("expect", "erwarte ich", "forventer", "elvárom", "oczekuję")),
    Choice(3, msg("I do not care"), ("neutral", "egal", "ligegyldigt", "mindegy", "obojętne")),
    Choice(4, msg("I can live with it"), ("tolerate", "nehme ich hin", "accepterer", "elfogadom", "toleruję")),
    Choice(5, msg("I dislike it"), ("dislike", "stört mich", "kan ikke lide", "zavar", "nie podoba mi się")),
)

INSTRUMENT = Instrument(
    key="kano-analysis",
    code="T12",
    title=msg("Kano analysis"),
    phases=(Phase.PROCESS,),
    needs=(Need.UNDERSTAND, Need.OFFER),
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
        Column(
            "respondent",
            msg("Number of the person"),
            Kind.KEY,
            aliases=names.PERSON,
        ),
        Column(
            "feature",
            msg("Feature"),
            Kind.WORD,
            aliases=("feature", "merkmal", "eigenschaft", "egenskab", "jellemző", "tulajdonság", "cecha", "funkcja"),
        ),
        Column(
            "functional",
            msg("If it is there"),
            Kind.CHOICE,
            aliases=("functional", "funktional", "vorhanden", "funktionel", "funkcionális", "funkcjonalne", "present"),
            choices=_ANSWERS,
        ),
        Column(
            "dysfunctional",
            msg("If it is missing"),
            Kind.CHOICE,
            aliases=("dysfunctional", "dysfunktional", "fehlt", "mangler", "hiányzik", "dysfunkcjonalne", "absent"),
            choices=_ANSWERS,
        ),
        Column(
            "importance",
            msg("Importance, 1 to 5"),
            Kind.NUMBER,
            required=False,
            aliases=names.IMPORTANCE,
            minimum=1,
            maximum=5,
        ),
    ),
    minimum=_MINIMUM_PEOPLE,
    counted=msg("people"),
    reference=(
        "Kano, N. et al. (1984): Attractive Quality and Must-Be Quality; Berger, C. et al. (1993): Kano's Methods for "
        "Understanding Customer-defined Quality; Lee, M. and Newcomb, J. (1997); Fong, D. (1996)."
    ),
    demo=Demo(Firm.POD_DEBEM, _demo),
    compute=compute,
)

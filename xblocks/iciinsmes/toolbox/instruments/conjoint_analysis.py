"""T24: what each part of an offer is worth to people, from their ratings of whole offers on cards."""

from __future__ import annotations

from collections.abc import Sequence

from .kit import (
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
    choose_one,
    msg,
    names,
)
from .kit.card_table import Study, read_study
from .kit.cards import (
    Person,
    effects,
    estimator,
    evaluate,
    is_orthogonal,
    is_reversed,
    price_in,
)
from .kit.statistics import Interval, mean_interval

_ATTRIBUTES = tuple(f"attribute_{number}" for number in range(1, 6))
_LEVELS = (2, 3)

#: If more people than this prefer to pay more, price was probably read as a sign of quality.
_MANY_REVERSALS = 0.25


def compute(table: Table, options: Settings) -> Result:
    """Estimate the part-worths of every person, and take their means."""
    study = read_study(table, _ATTRIBUTES, is_rank=options.text("scale") == "rank")
    conditions, notes = _conditions(study), _left_out(study)
    is_small = len(study.levels) >= 2 and all(len(known) in _LEVELS for known in study.levels)
    solve = estimator(effects(study.cards)) if is_small else None
    if solve is None:
        return Result(len(study.ratings), _unusable(is_small=is_small), conditions=conditions, notes=tuple(notes))
    people = [
        person
        for key, ratings in sorted(study.ratings.items())
        if (person := evaluate(key, ratings, study.cards, solve)) is not None
    ]
    if len(people) < len(study.ratings):
        same = len(study.ratings) - len(people)
        notes.append(msg("People who gave all cards the same, left out: %(people)s.", people=same))
    if not people:
        verdict = Verdict("nobody", Level.TOO_LITTLE_DATA, msg("Nobody rated all cards and told them apart."))
        return Result(0, verdict, conditions=conditions, notes=tuple(notes))
    if not is_orthogonal(study.cards):
        notes.append(msg("The cards do not mix all levels evenly, so the part-worths are less exact."))
    titles = [_title(options, index) for index in study.attributes]
    importance = [_share(column) for column in zip(*(person.importance for person in people), strict=True)]
    order = sorted(range(len(titles)), key=lambda index: -importance[index].value)
    reversals = _reversals(people, study, options, notes)
    fits = [person.fit for person in people if person.fit is not None]
    return Result(
        n=len(people),
        verdict=_verdict(people, titles, order, reversals),
        figures=(
            Figure("people", msg("People"), len(people)),
            Figure("cards", msg("Cards"), len(study.cards)),
            _importance_figure(titles[order[0]], importance[order[0]], len(people)),
            Figure(
                "fit", msg("How well it explains the ratings (R²)"), sum(fits) / len(fits) if fits else None, decimals=2
            ),
            *_reversal_figure(reversals, len(people)),
        ),
        tables=(_importance_table(titles, importance, order), _worth_table(titles, people, study, order)),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("What matters to people when they choose"),
                table="importance",
                label="attribute",
                values=("importance",),
                low="low",
                high="high",
                minimum=0,
            ),
            Chart(
                ChartKind.RANGES,
                msg("What each level is worth"),
                table="worths",
                label="level",
                values=("worth",),
                low="low",
                high="high",
            ),
        ),
        conditions=conditions,
        notes=tuple(notes),
        estimates=_one_worth(people[0], study, titles) if options.text("scale") == "rating" else (),
        questions=_questions(people, titles, order, reversals),
        decision=Decision(msg("Which combination do you offer, and what do you leave out because it matters little?")),
    )


def _conditions(study: Study) -> tuple[Condition, ...]:
    unknown = sum(len(known) - 1 for known in study.levels)
    return (
        Condition(
            "levels",
            study.is_clear,
            msg("A card has other levels in some rows than in others. Give each card a number of its own."),
        ),
        Condition(
            "cards",
            len(study.cards) > unknown,
            msg("Use more cards: %(cards)s are too few for so many levels.", cards=len(study.cards)),
        ),
    )


def _left_out(study: Study) -> list[Text]:
    notes = []
    if study.cards_left_out:
        notes.append(msg("Cards without levels in any row, left out: %(cards)s.", cards=study.cards_left_out))
    if study.people_left_out:
        notes.append(msg("People who did not rate all cards, left out: %(people)s.", people=study.people_left_out))
    return notes


def _share(percents: Sequence[float]) -> Interval:
    found = mean_interval(percents)
    return Interval(found.value, max(found.low, 0.0), min(found.high, 100.0))


def _unusable(*, is_small: bool) -> Verdict:
    if is_small:
        text = msg("The cards change several attributes together, so nobody can tell what mattered. Mix the levels.")
        return Verdict("mixed-up", Level.ATTENTION, text)
    text = msg("Use two to five attributes with two or three levels each, and write the levels of every card.")
    return Verdict("unusable-cards", Level.ATTENTION, text)


def _title(options: Settings, index: int) -> Text | str:
    return options.text(f"name_{index + 1}") or msg("Attribute %(number)s", number=index + 1)


def _reversals(people: Sequence[Person], study: Study, options: Settings, notes: list[Text]) -> int | None:
    """Count people to whom a higher price is worth more than a lower one; None if no prices are known."""
    number = options.maybe_number("price")
    if number is None:
        return None
    place = study.attributes.index(int(number) - 1) if number - 1 in study.attributes else None
    prices = [price_in(level) for level in study.levels[place]] if place is not None else []
    known = [price for price in prices if price is not None]
    if place is None or len(set(known)) < len(prices):
        notes.append(msg("Attribute %(number)s holds no prices.", number=number))
        return None
    rising = sorted(range(len(known)), key=known.__getitem__)
    return sum(is_reversed([person.worths[place][index] for index in rising]) for person in people)


def _importance_figure(title: Text | str, importance: Interval, n: int) -> Figure:
    text = msg("Importance of “%(attribute)s”", attribute=title)
    return Figure("first_importance", text, importance.value, Unit.PERCENT, importance.low, importance.high, n)


def _reversal_figure(reversals: int | None, n: int) -> tuple[Figure, ...]:
    if reversals is None:
        return ()
    return (Figure("reversals", msg("People who prefer a higher price"), 100 * reversals / n, Unit.PERCENT, n=n),)


def _importance_table(
    titles: Sequence[Text | str], importance: Sequence[Interval], order: Sequence[int]
) -> ResultTable:
    return ResultTable(
        "importance",
        msg("Importance of the attributes"),
        (
            Heading("attribute", msg("Attribute")),
            Heading("importance", msg("Importance"), Unit.PERCENT),
            Heading("low", msg("at least"), Unit.PERCENT),
            Heading("high", msg("at most"), Unit.PERCENT),
        ),
        tuple((titles[index], *importance[index]) for index in order),
    )


def _worth_table(
    titles: Sequence[Text | str], people: Sequence[Person], study: Study, order: Sequence[int]
) -> ResultTable:
    rows = []
    for index in order:
        for place, level in enumerate(study.levels[index]):
            worth = mean_interval([person.worths[index][place] for person in people])
            rows.append((titles[index], level, *worth))
    return ResultTable(
        "worths",
        msg("Part-worths of the levels"),
        (
            Heading("attribute", msg("Attribute")),
            Heading("level", msg("Level")),
            Heading("worth", msg("Part-worth"), decimals=2),
            Heading("low", msg("at least"), decimals=2),
            Heading("high", msg("at most"), decimals=2),
        ),
        tuple(rows),
    )


def _is_ahead(people: Sequence[Person], order: Sequence[int]) -> bool:
    """Tell whether the most important attribute is ahead of the second by more than chance explains."""
    return mean_interval([person.importance[order[0]] - person.importance[order[1]] for person in people]).low > 0


def _verdict(
    people: Sequence[Person], titles: Sequence[Text | str], order: Sequence[int], reversals: int | None
) -> Verdict:
    if reversals is not None and reversals > _MANY_REVERSALS * len(people):
        text = msg(
            "%(people)s of %(all)s people prefer a higher price. They may take it for quality, or did not look at it: "
            "ask some of them why.",
            people=reversals,
            all=len(people),
        )
        return Verdict("reversals", Level.ATTENTION, text)
    found = {"first": titles[order[0]], "second": titles[order[1]]}
    if _is_ahead(people, order):
        text = msg("“%(first)s” matters most. Get this right before you spend money on the rest.", **found)
        return Verdict("clear", Level.GOOD, text)
    text = msg("“%(first)s” and “%(second)s” matter about equally: the difference may be chance.", **found)
    return Verdict("unclear", Level.NEUTRAL, text)


def _one_worth(person: Person, study: Study, titles: Sequence[Text | str]) -> tuple[Estimate, ...]:
    """Ask for one part-worth, which means give by hand if the cards are orthogonal."""
    if not is_orthogonal(study.cards):
        return ()
    ratings = study.ratings[person.key]
    index = max(range(len(titles)), key=lambda index: person.importance[index])
    worths = person.worths[index]
    place = max(range(len(worths)), key=worths.__getitem__)
    level = study.levels[index][place]
    with_level = [rating for rating, card in zip(ratings, study.cards, strict=True) if card[index] == level]
    own = sum(with_level) / len(with_level)
    text = msg(
        "Person %(person)s: how many points above the mean of all cards do the cards with “%(level)s” lie in the mean?",
        person=person.key,
        level=level,
    )
    slips = (
        Slip(own, msg("That is the mean of these cards. Take off the mean of all cards.")),
        Slip(worths[place] - min(worths), msg("You compared with the other level. Compare with the mean of all.")),
    )
    return (Estimate("part_worth", text, worths[place], tolerance=0.05, unit=Unit.POINTS, slips=slips),)


def _questions(
    people: Sequence[Person], titles: Sequence[Text | str], order: Sequence[int], reversals: int | None
) -> tuple[Question, ...]:
    is_ahead = _is_ahead(people, order)
    questions = [
        Question(
            "most_important",
            msg("Which attribute matters most to these people?"),
            choose_one([(title, index == order[0]) for index, title in enumerate(titles)]),
        ),
        Question(
            "is_ahead",
            msg("Is it proven that it matters more than the second?"),
            choose_one([(msg("Yes"), is_ahead), (msg("No, that may be chance"), not is_ahead)]),
        ),
    ]
    if reversals is not None:
        is_many = reversals > _MANY_REVERSALS * len(people)
        answers = [
            (msg("Nobody"), reversals == 0),
            (msg("Some, up to a quarter"), reversals > 0 and not is_many),
            (msg("More than a quarter"), is_many),
        ]
        questions.append(Question("reversals", msg("How many people prefer a higher price?"), choose_one(answers)))
    return tuple(questions)


def _demo() -> list[tuple[Value, ...]]:
    """Twenty-four customers of the bakery on eight cakes: delivery matters more than price, and two like it dear."""
    cards = [
        (index % 2, index // 2 % 2, index // 4, (index % 2 + index // 2 % 2 + index // 4) % 2) for index in range(8)
    ]
    words = (("80 zł", "110 zł"), ("collect", "delivered"), ("plain", "with a name"), ("by phone", "by app"))
    rows: list[tuple[Value, ...]] = []
    for person in range(1, 25):
        price = -1 if person % 12 == 5 else 1 + person % 3
        for number, (dear, delivered, named, by_app) in enumerate(cards, 1):
            worth = 5 - price * (2 * dear - 1) / 2 + (2 + person % 2) * (2 * delivered - 1) / 2
            worth += (person % 4) * (2 * named - 1) / 4 + (person % 5 - 2) * (2 * by_app - 1) / 4
            # Nobody fills in cards quite evenly.
            rating = min(max(round(worth + (person * number % 5 - 2) / 4), 1), 10)
            # The levels stand in the rows of the first person only, as in a table that is typed.
            levels = (
                [word[on] for word, on in zip(words, cards[number - 1], strict=True)] if person == 1 else [None] * 4
            )
            rows.append((f"R{person:02}", f"K{number}", float(rating), *levels, None))
    return rows


def _attribute(number: int) -> Column:
    aliases = (
        *(f"{word} {number}" for word in ("attribute", "merkmal", "egenskab", "tulajdonság", "cecha")),
        f"attribute_{number}",
    )
    return Column(f"attribute_{number}", msg("Level of attribute %(number)s", number=number), Kind.WORD, False, aliases)


INSTRUMENT = Instrument(
    key="conjoint-analysis",
    code="T24",
    title=msg("Conjoint analysis"),
    phases=(Phase.PROCESS,),
    needs=(Need.OFFER, Need.PRICE),
    purpose=msg("See what each part of an offer is worth to customers, without asking about parts."),
    explanation=(
        msg(
            "Describe offers on 4, 8 or 9 cards. Each has two to five attributes, such as price and delivery, with two "
            "or three levels. Mix the levels evenly. People rate whole cards from 1 to 10, or put them in order."
        ),
        msg(
            "Write a row for each person and card. The levels of a card need to stand in one of its rows only. Name "
            "your attributes in the settings."
        ),
        msg(
            "From the ratings follows what each level adds or takes away: its part-worth. The wider the part-worths of "
            "an attribute, the more it matters when people choose."
        ),
    ),
    columns=(
        Column("respondent", msg("Number of the person"), Kind.KEY, aliases=names.PERSON),
        Column(
            "card",
            msg("Card"),
            Kind.KEY,
            aliases=("card_id", "card", "karte", "kort", "kártya", "karta"),
        ),
        Column(
            "rating",
            msg("Rating, 1 to 10, or rank"),
            Kind.NUMBER,
            aliases=("rank", "rang", "rangsor", "ranga", *names.SCORE),
            minimum=1,
            maximum=10,
        ),
        *(_attribute(number) for number in range(1, 6)),
    ),
    options=(
        Option(
            "scale",
            msg("What people gave"),
            Kind.CHOICE,
            default="rating",
            choices=(Choice("rating", msg("a rating, 10 is best")), Choice("rank", msg("a rank, 1 is best"))),
        ),
        Option("price", msg("Number of the attribute that is the price"), Kind.INTEGER, minimum=1, maximum=5),
        *(
            Option(f"name_{number}", msg("Name of attribute %(number)s", number=number), Kind.WORD)
            for number in range(1, 6)
        ),
    ),
    minimum=20,
    counted=msg("people who rated all cards"),
    reference=(
        "Green, P. and Srinivasan, V. (1978, 1990): Conjoint Analysis in Consumer Research, Journal of Consumer "
        "Research 5; Conjoint Analysis in Marketing, Journal of Marketing 54."
    ),
    demo=Demo(
        Firm.POD_DEBEM,
        _demo,
        options=(
            ("price", 1),
            ("name_1", "price"),
            ("name_2", "delivery"),
            ("name_3", "decoration"),
            ("name_4", "ordering"),
        ),
    ),
    compute=compute,
)

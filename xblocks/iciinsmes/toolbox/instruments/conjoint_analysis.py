"""T24: what each part of an offer is worth to people, from their ratings of whole offers on cards."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from . import framework as fw
from .framework import msg
from .methods.conjoint.cards import Respondent, effects, estimator, evaluate, is_orthogonal, is_reversed, price_in
from .methods.conjoint.study import Study, importance_table, read_study, worth_table

_ATTRIBUTES = tuple(f"attribute_{number}" for number in range(1, 6))
_LEVELS = (2, 3)

#: If more people than this prefer to pay more, price was probably read as a sign of quality.
_MANY_REVERSALS = 0.25


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Estimate the part-worths of every person, and take their means."""
    study = read_study(table, _ATTRIBUTES, is_rank=options.text("scale") == "rank")
    conditions, notes = tuple(_conditions(study)), _left_out(study)
    is_small = len(study.levels) >= 2 and all(len(known) in _LEVELS for known in study.levels)
    solve = estimator(effects(study.cards)) if is_small else None
    if solve is None:
        return fw.Result(len(study.ratings), _unusable(is_small=is_small), conditions=conditions, notes=tuple(notes))
    people = [
        person
        for key, ratings in sorted(study.ratings.items())
        if (person := evaluate(key, ratings, study.cards, solve)) is not None
    ]
    if len(people) < len(study.ratings):
        same = len(study.ratings) - len(people)
        notes.append(msg("People who gave all cards the same, left out: %(people)s.", people=same))
    if not people:
        verdict = fw.Verdict("nobody", fw.Level.TOO_LITTLE_DATA, msg("Nobody rated all cards and told them apart."))
        return fw.Result(0, verdict, conditions=conditions, notes=tuple(notes))
    if not is_orthogonal(study.cards):
        notes.append(msg("The cards do not mix all levels evenly, so the part-worths are less exact."))
    titles = _titles(options, study.attributes)
    importance = [_share(column) for column in zip(*(person.importance for person in people), strict=True)]
    order = sorted(range(len(titles)), key=lambda index: -importance[index].value)
    reversals = _reversals(people, study, options, notes)
    fits = [person.fit for person in people if person.fit is not None]
    title = msg("What matters to people when they choose")
    return fw.Result(
        n=len(people),
        verdict=_verdict(people, titles, order, reversals),
        figures=(
            fw.Figure("people", msg("People"), len(people)),
            fw.Figure("cards", msg("Cards"), len(study.cards)),
            _importance_figure(titles[order[0]], importance[order[0]], len(people)),
            fw.Figure("fit", msg("How well it explains the ratings (R²)"), fw.mean(fits), decimals=2),
            *_reversal_figure(reversals, len(people)),
        ),
        tables=(importance_table(titles, importance, order), worth_table(titles, people, study, order)),
        charts=(
            fw.bars(title, "importance", "attribute", "importance", interval=True),
            fw.ranges(msg("What each level is worth"), "worths", "level", "worth"),
        ),
        conditions=conditions,
        notes=tuple(notes),
        estimates=tuple(_one_worth(people[0], study, titles)) if options.text("scale") == "rating" else (),
        questions=tuple(_questions(people, titles, order, reversals)),
        decision=fw.Decision(
            msg("Which combination do you offer, and what do you leave out because it matters little?")
        ),
    )


def _conditions(study: Study) -> Iterator[fw.Condition]:
    unknown = sum(len(known) - 1 for known in study.levels)
    text = msg("A card has other levels in some rows than in others. Give each card a number of its own.")
    yield fw.Condition("levels", study.is_clear, text)
    text = msg("Use more cards: %(cards)s are too few for so many levels.", cards=len(study.cards))
    yield fw.Condition("cards", len(study.cards) > unknown, text)


def _left_out(study: Study) -> list[fw.Text]:
    return list(
        fw.noted(
            msg("Cards without levels in any row, left out: %(cards)s.", cards=study.cards_left_out),
            msg("People who did not rate all cards, left out: %(people)s.", people=study.people_left_out),
        )
    )


def _share(percents: Sequence[float]) -> fw.Interval:
    found = fw.mean_interval(percents)
    return fw.Interval(found.value, max(found.low, 0.0), min(found.high, 100.0))


def _unusable(*, is_small: bool) -> fw.Verdict:
    if is_small:
        text = msg("The cards change several attributes together, so nobody can tell what mattered. Mix the levels.")
        return fw.Verdict("mixed-up", fw.Level.ATTENTION, text)
    text = msg("Use two to five attributes with two or three levels each, and write the levels of every card.")
    return fw.Verdict("unusable-cards", fw.Level.ATTENTION, text)


def _titles(options: fw.Settings, attributes: Sequence[int]) -> list[fw.Text | str]:
    """Return what the attributes are called; one that is called like another gets its number."""
    named = {index: options.text(f"name_{index + 1}") for index in attributes}
    counts = Counter(map(fw.same, named.values()))
    return [
        (name if counts[fw.same(name)] == 1 else f"{name} ({index + 1})")
        if name
        else msg("Attribute %(number)s", number=index + 1)
        for index, name in named.items()
    ]


def _reversals(people: Sequence[Respondent], study: Study, options: fw.Settings, notes: list[fw.Text]) -> int | None:
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


def _importance_figure(title: fw.Text | str, importance: fw.Interval, n: int) -> fw.Figure:
    text = msg("Importance of “%(attribute)s”", attribute=title)
    return fw.interval_figure("first_importance", text, importance, fw.Unit.PERCENT, n)


def _reversal_figure(reversals: int | None, n: int) -> Iterator[fw.Figure]:
    if reversals is not None:
        yield fw.Figure("reversals", msg("People who prefer a higher price"), 100 * reversals / n, fw.Unit.PERCENT, n=n)


def _is_ahead(people: Sequence[Respondent], order: Sequence[int]) -> bool:
    """Tell whether the most important attribute is ahead of each other one by more than chance explains."""
    return all(
        fw.mean_interval([person.importance[order[0]] - person.importance[other] for person in people]).low > 0
        for other in order[1:]
    )


def _verdict(
    people: Sequence[Respondent], titles: Sequence[fw.Text | str], order: Sequence[int], reversals: int | None
) -> fw.Verdict:
    if reversals is not None and reversals > _MANY_REVERSALS * len(people):
        text = msg(
            "%(people)s of %(all)s people prefer a higher price. They may take it for quality, or did not look at it: "
            "ask some of them why.",
            people=reversals,
            all=len(people),
        )
        return fw.Verdict("reversals", fw.Level.ATTENTION, text)
    found = {"first": titles[order[0]], "second": titles[order[1]]}
    if _is_ahead(people, order):
        text = msg("“%(first)s” matters most. Get this right before you spend money on the rest.", **found)
        return fw.Verdict("clear", fw.Level.GOOD, text)
    text = msg(
        "“%(first)s” seems to matter most, but its lead over others such as “%(second)s” may be chance.", **found
    )
    return fw.Verdict("unclear", fw.Level.NEUTRAL, text)


def _one_worth(person: Respondent, study: Study, titles: Sequence[fw.Text | str]) -> Iterator[fw.Estimate]:
    """Ask for one part-worth, which means give by hand if the cards are orthogonal."""
    if not is_orthogonal(study.cards):
        return
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
        fw.Slip(own, msg("That is the mean of these cards. Take off the mean of all cards.")),
        fw.Slip(worths[place] - min(worths), msg("You compared with the other level. Compare with the mean of all.")),
    )
    yield fw.Estimate("part_worth", text, worths[place], tolerance=0.05, unit=fw.Unit.POINTS, slips=slips)


def _questions(
    people: Sequence[Respondent], titles: Sequence[fw.Text | str], order: Sequence[int], reversals: int | None
) -> Iterator[fw.Question]:
    is_ahead = _is_ahead(people, order)
    sums = [math.fsum(person.importance[index] for person in people) for index in range(len(titles))]
    highest = [index for index, total in enumerate(sums) if math.isclose(total, max(sums))]
    text = msg("Which attribute matters most to these people?")
    answers = fw.choose_one([(title, index in highest) for index, title in enumerate(titles)])
    yield fw.Question("most_important", text, answers, several=len(highest) > 1)
    text = msg("Is it proven that it matters more than each of the others?")
    yield fw.Question("is_ahead", text, fw.yes_or_no(is_ahead, no=msg("No, that may be chance")))
    if reversals is not None:
        is_many = reversals > _MANY_REVERSALS * len(people)
        answers = fw.choose_one(
            [
                (msg("Nobody"), reversals == 0),
                (msg("Some, up to a quarter"), reversals > 0 and not is_many),
                (msg("More than a quarter"), is_many),
            ]
        )
        yield fw.Question("reversals", msg("How many people prefer a higher price?"), answers)


def _attribute(number: int) -> fw.Column:
    title = msg("Level of attribute %(number)s", number=number)
    return fw.Column(f"attribute_{number}", title, fw.ValueKind.WORD, required=False)


INSTRUMENT = fw.Instrument(
    key="conjoint-analysis",
    code="T24",
    title=msg("Conjoint analysis"),
    phases=(fw.Phase.PROCESS,),
    needs=(fw.Need.OFFER, fw.Need.PRICE),
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
        fw.Column("respondent", msg("Number of the person"), fw.ValueKind.KEY),
        fw.Column("card", msg("Card"), fw.ValueKind.KEY),
        fw.number_column("rating", msg("Rating, 1 to 10, or rank"), 1, 10),
        *(_attribute(number) for number in range(1, 6)),
    ),
    options=(
        fw.choice_option(
            "scale", msg("What people gave"), {"rating": msg("a rating, 10 is best"), "rank": msg("a rank, 1 is best")}
        ),
        fw.number_option("price", msg("Number of the attribute that is the price"), 1, 5, whole=True),
        *(
            fw.Option(f"name_{number}", msg("Name of attribute %(number)s", number=number), fw.ValueKind.WORD)
            for number in range(1, 6)
        ),
    ),
    minimum=20,
    counted=msg("people who rated all cards"),
    reference=(
        "Green, P. and Srinivasan, V. (1978, 1990): Conjoint Analysis in Consumer Research, Journal of Consumer "
        "Research 5; Conjoint Analysis in Marketing, Journal of Marketing 54."
    ),
    # Twenty-four customers of the bakery on eight cakes: delivery matters more than price, and two like it dear.
    demo=fw.Demo(
        fw.Firm.POD_DEBEM,
        options={"price": 1, "name_1": "price", "name_2": "delivery", "name_3": "decoration", "name_4": "ordering"},
    ),
    compute=compute,
)

"""How answers become scores: pure functions, exact until they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from statistics import median

from .data import (
    Axis,
    CheckModel,
    CheckScore,
    Comparison,
    Item,
    ItemAnswer,
    Level,
    Outcome,
    PeopleCompared,
    Quadrant,
    Scale,
    ScoreChange,
    Spread,
    TypedItem,
)

#: Of the items of a dimension, an axis or a whole check so many must be answered: 3 of 4, 9 of 12, 18 of 24.
NEEDED = Fraction(3, 4)
#: A proof is a sentence.
MAX_PROOF = 500
DOES_NOT_APPLY = "none"
_MIDDLE, _BORDER = 50, 5
#: From how much on a level begins.
_LEVELS = ((80, Level.LEADING), (60, Level.STEADY), (35, Level.BUILDING), (0, Level.START))
_ADVICE = 3
#: People who are so far apart on a scale from 0 to 100 shall talk: two answers of 0 to 4.
_APART = 50

Answers = Mapping[str, ItemAnswer]


def needed(total: int) -> int:
    """Return how many of so many items must be answered."""
    return ceil(total * NEEDED)


def rounded(value: Fraction) -> int:
    """Return a score as it is shown: a half goes up, also below zero, where differences are."""
    return floor(value + Fraction(1, 2))


def share(scale: Scale, value: int, *, reverse: bool = False) -> Fraction:
    """Return where an answer lies on its scale, from 0 for the worst to 100 for the best."""
    part = Fraction(value - scale.low, scale.high - scale.low) * 100
    return 100 - part if reverse else part


def score_of(model: CheckModel, item: Item, answers: Answers) -> Fraction | None:
    """Return the score of an item from 0 to 100; None where it is blank or does not apply."""
    answer = answers.get(item.code)
    if answer is None or answer.value is None or not answer.applies:
        return None
    return share(model.scale_of(item), answer.value, reverse=item.reverse)


def outcome(model: CheckModel, answers: Answers) -> Outcome:
    """Return what follows from answers; a statement that is not answered counts nowhere and is nobody's weakest."""
    dimensions = tuple(_score(each.code, _of_dimension(model, each.code), model, answers) for each in model.dimensions)
    responsive, proactive = (_score(axis.value, _of_axis(model, axis), model, answers) for axis in Axis)
    overall = None
    if responsive.value is not None and proactive.value is not None:
        # The middle of both axes, so that neither counts more where more of its statements are answered.
        overall = (responsive.value + proactive.value) / 2
    return Outcome(
        dimensions=dimensions,
        responsive=responsive,
        proactive=proactive,
        overall=overall,
        quadrant=quadrant(responsive.value, proactive.value),
        border=tuple(
            axis
            for axis, score in zip(Axis, (responsive, proactive), strict=True)
            if score.value is not None and abs(score.value - _MIDDLE) < _BORDER
        ),
        level=None if overall is None else level(overall),
        weakest=_weakest(model, answers),
    )


def quadrant(responsive: Fraction | None, proactive: Fraction | None) -> Quadrant | None:
    """Return where two scores lie; the middle belongs to the upper half. None where one is missing."""
    if responsive is None or proactive is None:
        return None
    if responsive >= _MIDDLE:
        return Quadrant.PROACTIVE if proactive >= _MIDDLE else Quadrant.RESPONDING
    return Quadrant.EXPLORING if proactive >= _MIDDLE else Quadrant.WAITING


def level(overall: Fraction) -> Level:
    """Return the level of a score as it is shown, so that number and word agree."""
    return next(word for least, word in _LEVELS if rounded(overall) >= least)


def left_to_answer(model: CheckModel, answers: Answers) -> int:
    """Return how many statements more must be answered or put aside before a check can be sent."""
    done = sum(1 for item in model.items if not answers.get(item.code, ItemAnswer()).is_open)
    return max(needed(len(model.items)) - done, 0)


def merged(model: CheckModel, known: Answers, typed: Mapping[str, TypedItem]) -> dict[str, ItemAnswer]:
    """Return the answers after a page has sent some.

    What a page does not know stays: a second device that has not seen an answer does not take it back, and of two
    proofs that were written at the same time both stay.
    """
    found = dict(known)
    for item in model.items:
        sent = typed.get(item.code)
        if sent is None:
            continue
        before = found.get(item.code, ItemAnswer())
        after = ItemAnswer(*_chosen(model.scale_of(item), sent.choice, before), _proof(before.proof, sent))
        if after != ItemAnswer():
            found[item.code] = after
        else:
            found.pop(item.code, None)
    return found


def compare(before: CheckModel, was: Answers, after: CheckModel, now: Answers) -> Comparison:
    """Compare two checks on the statements that both versions ask with equal code, direction and range."""
    common = {
        item.code: item
        for item in after.items
        if any(each.code == item.code and _same(before, each, after, item) for each in before.items)
    }
    codes = {item.code for item in before.items} | {item.code for item in after.items}

    def change(code: str, items: Sequence[Item]) -> ScoreChange:
        return ScoreChange(code, _mean(items, after, was), _mean(items, after, now))

    by_axis = {axis: [item for item in common.values() if item.axis is axis] for axis in Axis}
    return Comparison(
        dimensions=tuple(
            change(each.code, [item for item in common.values() if item.dimension == each.code])
            for each in after.dimensions
        ),
        responsive=change(Axis.RESPONSIVE.value, by_axis[Axis.RESPONSIVE]),
        proactive=change(Axis.PROACTIVE.value, by_axis[Axis.PROACTIVE]),
        items=tuple(
            ScoreChange(code, score_of(after, item, was), score_of(after, item, now)) for code, item in common.items()
        ),
        left_out=len(codes) - len(common),
    )


def together(model: CheckModel, others: Sequence[tuple[CheckModel, Answers]]) -> PeopleCompared:
    """Compare persons on what all versions ask alike.

    Args:
        model: the reader's version, in whose order things are shown.
        others: each person's version and answers, the reader's among them.
    """
    common = [
        item
        for item in model.items
        if all(
            any(each.code == item.code and _same(other, each, model, item) for each in other.items)
            for other, _answers in others
        )
    ]
    all_answers = [answers for _model, answers in others]

    def spread(code: str, items: Sequence[Item]) -> Spread:
        return _spread(code, [_mean(items, model, answers) for answers in all_answers])

    return PeopleCompared(
        persons=len(others),
        dimensions=tuple(
            spread(each.code, [item for item in common if item.dimension == each.code]) for each in model.dimensions
        ),
        axes=tuple(spread(axis.value, [item for item in common if item.axis is axis]) for axis in Axis),
        items=tuple(_spread_of_item(model, item, all_answers) for item in common),
        left_out=len(model.items) - len(common),
    )


def middle(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the median of the values that there are."""
    found = [value for value in values if value is not None]
    return median(found) if found else None


def _of_dimension(model: CheckModel, code: str) -> list[Item]:
    return [item for item in model.items if item.dimension == code]


def _of_axis(model: CheckModel, axis: Axis) -> list[Item]:
    return [item for item in model.items if item.axis is axis]


def _score(code: str, items: Sequence[Item], model: CheckModel, answers: Answers) -> CheckScore:
    answered = sum(1 for item in items if score_of(model, item, answers) is not None)
    return CheckScore(code, _mean(items, model, answers), answered, len(items))


def _mean(items: Sequence[Item], model: CheckModel, answers: Answers) -> Fraction | None:
    """Return the weighted mean of the answered items, None if they are too few."""
    scored = [(Fraction(item.weight), score_of(model, item, answers)) for item in items]
    found = [(weight, score) for weight, score in scored if score is not None]
    if not found or len(found) < needed(len(items)):
        return None
    return sum((weight * score for weight, score in found), Fraction(0)) / sum(weight for weight, _score in found)


def _weakest(model: CheckModel, answers: Answers) -> tuple[str, ...]:
    order = {each.code: number for number, each in enumerate(model.dimensions)}
    scored = [(score_of(model, item, answers), item) for item in model.items]
    found = [(score, item) for score, item in scored if score is not None and score < 100]
    # Sorting is stable: within a dimension the order of the model decides.
    found.sort(key=lambda pair: (pair[0], order[pair[1].dimension]))
    return tuple(item.code for _score, item in found[:_ADVICE])


def _same(before: CheckModel, one: Item, after: CheckModel, other: Item) -> bool:
    scale, now = before.scale_of(one), after.scale_of(other)
    return (one.axis, one.reverse, scale.low, scale.high) == (other.axis, other.reverse, now.low, now.high)


def _chosen(scale: Scale, choice: str | None, before: ItemAnswer) -> tuple[int | None, bool]:
    if choice == DOES_NOT_APPLY:
        return None, False
    number = next((value for value in scale.steps if str(value) == choice), None)
    return (before.value, before.applies) if number is None else (number, True)


def _proof(known: str, sent: TypedItem) -> str:
    wanted = known if sent.proof is None else sent.proof.strip()[:MAX_PROOF]
    if wanted == sent.was or wanted == known:
        return known
    if known in ("", sent.was):
        return wanted
    return known if wanted in known else wanted if known in wanted else f"{known} / {wanted}"


def _spread(code: str, values: Sequence[Fraction | None]) -> Spread:
    found = [value for value in values if value is not None]
    return Spread(code, len(found), middle(found), min(found, default=None), max(found, default=None))


def _spread_of_item(model: CheckModel, item: Item, all_answers: Sequence[Answers]) -> Spread:
    answers = [each.get(item.code, ItemAnswer()) for each in all_answers]
    values = [Fraction(each.value) for each in answers if each.applies and each.value is not None]
    scores = [score for score in (score_of(model, item, each) for each in all_answers) if score is not None]
    return Spread(
        code=item.code,
        persons=len(values),
        median=middle(values),
        low=min(values, default=None),
        high=max(values, default=None),
        talk=bool(scores) and max(scores) - min(scores) >= _APART,
    )

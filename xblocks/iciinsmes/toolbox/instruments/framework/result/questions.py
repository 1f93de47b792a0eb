"""Questions that many instruments ask in the same way."""

from __future__ import annotations

from collections.abc import Sequence

from ..texts.message import Text
from .parts import Answer, Question
from .showing import show

_MAX_CHOICES = 6


def ask_largest(key: str, text: Text, named: Sequence[tuple[Text | str, float]]) -> tuple[Question, ...]:
    """Ask which of the named values is the largest; several are right if they are equal.

    Args:
        key: of the question.
        text: what is asked.
        named: names with their values, 0 or above; the six largest can be chosen, in the order given.

    Returns:
        The question, or nothing if no value is above 0.
    """
    largest = max((value for _name, value in named), default=0.0)
    if largest <= 0:
        return ()
    # Two things with the same words are one answer, as good as the better one.
    best: dict[str, tuple[Text | str, float]] = {}
    for name, value in named:
        words = show(name)
        if words not in best or best[words][1] < value:
            best[words] = (name, value)
    named = list(best.values())
    # Sums of the same numbers in another order differ in their last digits.
    shown = sorted(sorted(range(len(named)), key=lambda index: -named[index][1])[:_MAX_CHOICES])
    right = [named[index][1] >= largest * (1 - 1e-9) for index in shown]
    answers = tuple(Answer(named[index][0], is_right) for index, is_right in zip(shown, right, strict=True))
    return (Question(key, text, answers, several=sum(right) > 1),)

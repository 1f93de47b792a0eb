"""Asking, and judging what a learner answered: four layers, all from the learner's own data.

Valid: the data fit and are enough. Estimate: a number worked out by hand. Interpretation: what the result means.
Decision: what follows from it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..texts.message import Text, msg
from .parts import Answer, Decision, Estimate, Level, Question, Result
from .showing import show

#: A sentence shorter than this says nothing.
MINIMUM_WORDS_CHARS = 10

#: Numbers asked for more exactly than to a tenth are compared to a hundredth.
_WHOLE_TENTHS = 0.1

#: So many answers a question has at most, where it could have more.
MAX_CHOICES = 6


@dataclass(frozen=True)
class Feedback:
    """Whether something is right, and the sentences to show."""

    right: bool
    texts: tuple[Text, ...]


def check_valid(result: Result) -> Feedback:
    """Tell whether the data carry a judgement at all."""
    wrong = tuple(condition.text for condition in result.conditions if not condition.met)
    if result.verdict.level is Level.TOO_LITTLE_DATA:
        wrong = (result.verdict.text, *wrong)
    return Feedback(not wrong, wrong or (msg("Your data are complete and enough."),))


def check_estimate(estimate: Estimate, given: float) -> Feedback:
    """Compare a learner's number with the right one, and name the slip that leads to it if it is a known one."""
    difference = round(given - estimate.answer, 1 if estimate.tolerance >= _WHOLE_TENTHS else 2)
    if abs(given - estimate.answer) <= estimate.tolerance:
        return Feedback(True, (msg("Right."),))
    if difference > 0:
        distance = msg("%(difference)s too high.", difference=difference)
    else:
        distance = msg("%(difference)s too low.", difference=-difference)
    half_unit = estimate.tolerance / 2
    slip = next((slip for slip in estimate.slips if abs(given - slip.value) <= half_unit), None)
    return Feedback(False, (distance, slip.text) if slip else (distance,))


def check_question(question: Question, chosen: Collection[int]) -> Feedback:
    """Judge chosen answers.

    Args:
        question: what was asked.
        chosen: indexes into its answers, from 0.
    """
    right = {index for index, answer in enumerate(question.answers) if answer.right}
    texts = tuple(
        answer.feedback for index, answer in enumerate(question.answers) if index in chosen and answer.feedback
    )
    is_right = set(chosen) == right
    return Feedback(is_right, texts or (msg("Right.") if is_right else msg("Not right. Look at the numbers again."),))


def check_decision(decision: Decision, *, words: str = "", chosen: int | None = None, reason: str = "") -> Feedback:
    """Tell whether a decision is there and fits the result.

    Args:
        decision: what was to be decided.
        words: what the learner decides, where there is no ranking.
        chosen: index into the ranking, from 0; None if nothing was chosen.
        reason: why; needed if the choice is not among the best.
    """
    if not decision.ranking:
        is_there = _says_something(words)
        return Feedback(is_there, (msg("Decided.") if is_there else msg("Write what you decide, in a sentence."),))
    if chosen is None or not 0 <= chosen < len(decision.ranking):
        return Feedback(False, (msg("Choose one of the list."),))
    if chosen < decision.consistent or _says_something(reason):
        return Feedback(True, (msg("Decided."),))
    return Feedback(False, (msg("Your numbers put others first. That may be right: write down why."),))


def _says_something(text: str) -> bool:
    return len(text.strip()) >= MINIMUM_WORDS_CHARS


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
    shown = sorted(sorted(range(len(named)), key=lambda index: -named[index][1])[:MAX_CHOICES])
    right = [named[index][1] >= largest * (1 - 1e-9) for index in shown]
    answers = tuple(Answer(named[index][0], is_right) for index, is_right in zip(shown, right, strict=True))
    return (Question(key, text, answers, several=sum(right) > 1),)

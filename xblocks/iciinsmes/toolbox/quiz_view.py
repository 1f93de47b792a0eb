"""The questions of a result as templates ask them, with what was answered and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .data import Language, Result, show
from .instruments.framework import (
    Decision,
    Estimate,
    Feedback,
    Question,
    Text,
    Unit,
    check_decision,
    check_estimate,
    check_question,
    msg,
)
from .page import unit_word
from .quiz_form import CHOICE, ESTIMATE, MAX_CHARS, QUESTION, REASON, WORDS, QuizAnswers

#: More choices than these are a list to open instead of a row of buttons.
_FEW = 7
_RIGHT = msg("Right.")


@dataclass(frozen=True)
class FeedbackPart:
    """Whether something is right, and the sentences to show."""

    right: bool
    texts: tuple[str, ...]


@dataclass(frozen=True)
class EstimatePart:
    """A number to work out; ``feedback`` is None until there is an answer to judge."""

    name: str
    text: str
    unit: str
    value: str
    error: str
    feedback: FeedbackPart | None


@dataclass(frozen=True)
class ChoicePart:
    """One thing that can be chosen; ``index`` is what the form sends."""

    index: int
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionPart:
    """A question with its answers; ``right`` are the right ones, for a page on which it is not asked again."""

    name: str
    text: str
    several: bool
    choices: tuple[ChoicePart, ...]
    error: str
    feedback: FeedbackPart | None
    right: tuple[str, ...]


@dataclass(frozen=True)
class DecisionPart:
    """What is to be decided: with ``choices`` one of them and a reason, without any in words."""

    text: str
    choices: tuple[ChoicePart, ...]
    is_list: bool
    words: str
    reason: str
    choice_error: str
    words_error: str
    reason_error: str
    feedback: FeedbackPart | None
    choice_name: str = CHOICE
    words_name: str = WORDS
    reason_name: str = REASON
    max_chars: int = MAX_CHARS


@dataclass(frozen=True)
class AskBefore:
    """What `ask_before.html` asks before the result is shown."""

    estimates: tuple[EstimatePart, ...]
    questions: tuple[QuestionPart, ...]

    def __bool__(self) -> bool:
        return bool(self.estimates or self.questions)


@dataclass(frozen=True)
class AskAfter:
    """What `ask_after.html` asks below the result."""

    questions: tuple[QuestionPart, ...]
    decision: DecisionPart | None

    def __bool__(self) -> bool:
        return bool(self.questions or self.decision)


def ask_before(
    result: Result, language: Language, answers: QuizAnswers, errors: Mapping[str, str], *, with_feedback: bool
) -> AskBefore:
    """Return the estimates and questions that come before the result.

    Args:
        result: whose questions.
        language: of the reader.
        answers: given so far; `QuizAnswers()` for none.
        errors: what is wrong, by name of the field: those of the answers, and what is missing where that matters.
        with_feedback: whether to say what the answers are worth.
    """
    return AskBefore(
        tuple(_estimate(entry, language, answers, errors, with_feedback) for entry in result.estimates),
        _questions(result, language, answers, errors, before=True, with_feedback=with_feedback),
    )


def ask_after(
    result: Result, language: Language, answers: QuizAnswers, errors: Mapping[str, str], *, with_feedback: bool
) -> AskAfter:
    """Return the questions and the decision that come after the result; arguments as for `ask_before`."""
    decision = result.decision
    return AskAfter(
        _questions(result, language, answers, errors, before=False, with_feedback=with_feedback),
        _decision(decision, language, answers, errors, with_feedback) if decision else None,
    )


def feedback_part(feedback: Feedback, language: Language) -> FeedbackPart:
    """Return a judgement in words: what is right begins with saying so."""
    texts = [text for text in feedback.texts if text != _RIGHT]
    return FeedbackPart(feedback.right, _shown([_RIGHT, *texts] if feedback.right else texts, language))


def _estimate(
    estimate: Estimate, language: Language, answers: QuizAnswers, errors: Mapping[str, str], with_feedback: bool
) -> EstimatePart:
    name = ESTIMATE + estimate.key
    given = answers.estimates.get(estimate.key)
    judged = check_estimate(estimate, given) if with_feedback and given is not None else None
    unit = "%" if estimate.unit is Unit.PERCENT else unit_word(estimate.unit, language)
    return EstimatePart(
        name=name,
        text=show(estimate.text, language),
        unit=unit,
        value=answers.typed.get(name) or ("" if given is None else language.typed(given)),
        error=errors.get(name, ""),
        feedback=feedback_part(judged, language) if judged else None,
    )


def _questions(
    result: Result,
    language: Language,
    answers: QuizAnswers,
    errors: Mapping[str, str],
    *,
    before: bool,
    with_feedback: bool,
) -> tuple[QuestionPart, ...]:
    return tuple(
        _question(question, language, answers.chosen.get(question.key), errors, with_feedback)
        for question in result.questions
        if question.before == before
    )


def _question(
    question: Question,
    language: Language,
    chosen: frozenset[int] | None,
    errors: Mapping[str, str],
    with_feedback: bool,
) -> QuestionPart:
    judged = check_question(question, chosen) if with_feedback and chosen is not None else None
    return QuestionPart(
        name=QUESTION + question.key,
        text=show(question.text, language),
        several=question.several,
        choices=tuple(
            ChoicePart(index, show(answer.text, language), index in (chosen or ()))
            for index, answer in enumerate(question.answers)
        ),
        error=errors.get(QUESTION + question.key, ""),
        feedback=feedback_part(judged, language) if judged else None,
        right=tuple(show(answer.text, language) for answer in question.answers if answer.right),
    )


def _decision(
    decision: Decision, language: Language, answers: QuizAnswers, errors: Mapping[str, str], with_feedback: bool
) -> DecisionPart:
    is_judged = with_feedback and answers.decides
    judged = check_decision(decision, words=answers.words, chosen=answers.choice, reason=answers.reason)
    choices = [
        ChoicePart(index, show(entry, language), index == answers.choice)
        for index, entry in enumerate(decision.ranking)
    ]
    return DecisionPart(
        text=show(decision.text, language),
        # By name: the order of the ranking would give the answer away.
        choices=tuple(sorted(choices, key=lambda choice: choice.text.casefold())),
        is_list=len(choices) > _FEW,
        words=answers.words,
        reason=answers.reason,
        choice_error=errors.get(CHOICE, ""),
        words_error=errors.get(WORDS, ""),
        reason_error=errors.get(REASON, ""),
        feedback=FeedbackPart(judged.right, _shown(judged.texts, language)) if is_judged else None,
    )


def _shown(texts: Iterable[Text], language: Language) -> tuple[str, ...]:
    return tuple(show(text, language) for text in texts)

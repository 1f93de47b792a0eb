"""What a learner answers to the questions of a result, read from a form; used wherever those are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from .data import Language, Result
from .instruments.framework import Decision, Question
from .table_import.cells.amounts import decimal_sign, number

#: Names of the form's fields: ``estimate-`` and ``question-`` stand before the keys that the instrument gives.
ESTIMATE, QUESTION = "estimate-", "question-"
CHOICE, WORDS, REASON = "decision-choice", "decision-words", "decision-reason"

MAX_CHARS = 2_000


@dataclass(frozen=True)
class QuizAnswers:
    """What was answered so far.

    ``estimates`` are numbers by key; ``chosen`` are indexes into the answers of a question by its key, and a question
    with one right answer is missing there until it is answered. ``choice`` is an index into the decision's ranking. All
    indexes count from 0. ``typed`` holds estimates as they were written and ``errors`` what is wrong, both by name of
    the field.
    """

    estimates: Mapping[str, float] = field(default_factory=dict)
    chosen: Mapping[str, frozenset[int]] = field(default_factory=dict)
    choice: int | None = None
    words: str = ""
    reason: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def decides(self) -> bool:
        """Tell whether there is any word of a decision."""
        return self.choice is not None or bool(self.words or self.reason)


def read_answers(result: Result, post: QueryDict, language: Language) -> QuizAnswers:
    """Read a form as `ask_before.html` and `ask_after.html` send it; fields that it has not are not answered.

    Nothing is raised: what cannot be read stands in ``errors`` beside what was typed. Indexes that no answer has are
    left out.
    """
    typed = {
        ESTIMATE + estimate.key: post.get(ESTIMATE + estimate.key, "").strip()[:MAX_CHARS]
        for estimate in result.estimates
        if ESTIMATE + estimate.key in post
    }
    numbers = {name: _number(words, language) for name, words in typed.items() if words}
    errors = {
        name: _("“%(words)s” is not a number.") % {"words": typed[name][:30]}
        for name, value in numbers.items()
        if value is None
    }
    words, reason = (post.get(name, "").strip() for name in (WORDS, REASON))
    for name, text in ((WORDS, words), (REASON, reason)):
        if len(text) > MAX_CHARS:
            errors[name] = _("At most %(count)s letters, please.") % {"count": MAX_CHARS}
    return QuizAnswers(
        estimates={name.removeprefix(ESTIMATE): value for name, value in numbers.items() if value is not None},
        chosen={question.key: chosen for question in result.questions for chosen in _chosen(question, post)},
        choice=_choice(result.decision, post),
        words=words,
        reason=reason,
        typed=typed,
        errors=errors,
    )


def missing(result: Result, answers: QuizAnswers, *, before: bool) -> dict[str, str]:
    """Return what is asked before, or after, the result is shown and not answered yet, by name of the field.

    A question to which no answer may be right counts as answered; whether a decision says enough is told by its check.
    """
    found = {}
    if before:
        for estimate in result.estimates:
            name = ESTIMATE + estimate.key
            if estimate.key not in answers.estimates:
                found[name] = answers.errors.get(name) or _("Write a number.")
    for question in result.questions:
        if question.before == before and not question.several and question.key not in answers.chosen:
            found[QUESTION + question.key] = _("Choose an answer.")
    return found


def _number(words: str, language: Language) -> float | None:
    return number(words, decimal_sign([words], language.point == ","))


def _chosen(question: Question, post: QueryDict) -> Iterator[frozenset[int]]:
    """Yield the chosen answers; nothing where no answer was given to a question that needs one."""
    sent = post.getlist(QUESTION + question.key)
    known = {str(index): index for index in range(len(question.answers))}
    found = frozenset(known[value] for value in sent if value in known)
    # The page sends an empty value along with boxes, so that none ticked can be told from not asked.
    if (question.several and sent) or len(found) == 1:
        yield found


def _choice(decision: Decision | None, post: QueryDict) -> int | None:
    sent = post.get(CHOICE, "")
    known = {str(index): index for index in range(len(decision.ranking) if decision else 0)}
    return known.get(sent)

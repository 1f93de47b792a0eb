"""Texts that rooms above can put into an answer: a task says from where, its learner when.

So what a firm has written down elsewhere is handed in without being typed again, as a copy that stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.registry import Registry

from .data import GradingData
from .errors import UnknownSource
from .tasks import current_task


@dataclass(frozen=True)
class AnswerSource:
    """``words`` name it for authors; ``fill`` returns the text for a learner of a course run, empty for none."""

    words: str | Promise
    fill: Callable[[int, CourseKey], str]


#: Returns what a grader sees beside a round, empty for nothing: the round in its work, and who reads it.
_Aside = Callable[[GradingData, int], SafeString | str]

_SOURCES: Registry[AnswerSource] = Registry("source of answers")
_ASIDES: Registry[_Aside] = Registry("thing beside a round")


def register_answer_source(*, key: str, words: str | Promise, fill: Callable[[int, CourseKey], str]) -> None:
    """Let tasks name a source for their answers; rooms do in their `registration`.

    Args:
        key: stands in tasks, so it never changes.
        words: for authors.
        fill: called with a learner and a course run.

    Raises:
        DoubledKey: another source has this key.
    """
    _SOURCES.add(key, AnswerSource(words, fill))


def register_aside(*, key: str, render: _Aside) -> None:
    """Show something beside rounds on the desk; rooms do in their `registration`.

    Args:
        key: of the thing.
        render: called with a round in its work and the id of who reads it.

    Raises:
        DoubledKey: another thing has this key.
    """
    _ASIDES.add(key, render)


def answer_sources() -> Mapping[str, AnswerSource]:
    """Return every source by its key."""
    return _SOURCES


def asides_of(*, data: GradingData, reader_id: int) -> tuple[SafeString | str, ...]:
    """Return what stands beside a round for who reads it."""
    return tuple(filter(None, (render(data, reader_id) for render in _ASIDES.values())))


def text_for_answer(*, user_id: int, usage_key: UsageKey, question_key: str) -> str:
    """Return what the source of a question holds for a learner now; empty for nothing.

    Raises:
        UnknownAssignment: no learner has opened the block yet.
        UnknownSource: the question has no source, or one that is not known here.
    """
    task = current_task(usage_key=usage_key).task
    key = next((question.source for question in task.questions if question.key == question_key), "")
    if key not in _SOURCES:
        raise UnknownSource(key)
    return _SOURCES[key].fill(user_id, usage_key.course_key)

"""Answers chosen from a list, in the languages of a course.

Capa keeps such an answer as the words of the option. So that it stays the learner's answer in every language, it is
kept in the author's words, and shown and judged in the reader's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .files import parse

Words = Mapping[str, str]


def words_of(own: str, read: str) -> Words:
    """Return how the options of a problem read, by their author's words; empty where they read as those.

    Args:
        own: the problem's XML as its author wrote it.
        read: the same in another language.
    """
    if own == read:
        return {}
    options, others = _options(own), _options(read)
    if len(options) != len(others):
        return {}
    found = dict(zip(options, others, strict=True))
    # Two answers that read the same could not be told apart when they come back.
    return found if len(set(found.values())) == len(found) else {}


def with_words(state: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return a problem's state with its answers in other words; those that are no option's stay."""
    answers = state.get("student_answers") or {}
    changed = {key: words.get(given, given) if isinstance(given, str) else given for key, given in answers.items()}
    return {**state, "student_answers": changed}


def _options(problem: str) -> list[str]:
    found = parse(problem.encode(), name="problem").iterfind(".//optioninput/option")
    return [(option.text or "").strip() for option in found]

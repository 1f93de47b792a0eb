"""Words for what the trail says, brought by the rooms that record it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.registry import Registry


class NamesOf(Protocol):
    """Where readers know single things by name."""

    def __call__(self, *, ids: set[int], course_key: CourseKey) -> Mapping[int, str]:
        """Return the names of those that the course run knows, in one query."""


@dataclass(frozen=True)
class SubjectKind:
    """What is said of a thing in place of its key, which tells a reader nothing; ``names_of`` where it has a name."""

    words: Promise
    names_of: NamesOf | None = None


VERBS: Registry[Promise] = Registry("verb of the trail")
SUBJECTS: Registry[SubjectKind] = Registry("kind of thing in the trail")
VEILS: Registry[Callable[[set[str]], set[str]]] = Registry("veil of the trail")
_DETAILS: Registry[Callable[[Mapping[str, Any]], str]] = Registry("detail of the trail")


def register_verbs(verbs: Mapping[str, Promise]) -> None:
    """Give words to what a room or the host records; nothing else can be recorded.

    Args:
        verbs: what was done, by verb of at most 40 characters.

    Raises:
        DoubledKey: a verb has other words already.
    """
    for verb, words in verbs.items():
        VERBS.add(verb, words)


def register_subjects(kinds: Mapping[str, Promise], *, names_of: NamesOf | None = None) -> None:
    """Give words to what something is done to.

    Args:
        kinds: words by the first part of the subject.
        names_of: finds the names of these things, whose keys are numbers.

    Raises:
        DoubledKey: a kind has other words already.
    """
    for kind, words in kinds.items():
        SUBJECTS.add(kind, SubjectKind(words, names_of))


def register_details(details: Mapping[str, Callable[[Mapping[str, Any]], str]]) -> None:
    """Say how readers are told what else a line has; what nobody says is for programs.

    Args:
        details: by key of the detail, what makes the words of it, called with all details of the line.

    Raises:
        DoubledKey: a detail has other words already.
    """
    for key, words in details.items():
        _DETAILS.add(key, words)


def register_veil(kind: str, hidden: Callable[[set[str]], set[str]]) -> None:
    """Say when readers are not told who did something with a thing, of lines that say "blind" in their detail.

    Args:
        kind: the first part of the subject.
        hidden: returns of the second parts those of which nobody may be told yet, in one query.

    Raises:
        DoubledKey: the kind has a veil already.
    """
    VEILS.add(kind, hidden)


def veiled(subjects: set[str]) -> set[str]:
    """Return those of the subjects of which readers are not told who did something; one query a kind."""
    keys: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        if kind in VEILS:
            keys.setdefault(kind, set()).add(key)
    return {f"{kind}:{key}" for kind, found in keys.items() for key in VEILS[kind](found)}


def verb_words(verb: str) -> str:
    """Return what was done; lines of a room that is no longer there show the verb itself."""
    return str(VERBS.get(verb, verb))


def subject_words(subjects: set[str], course_key: CourseKey) -> dict[str, str]:
    """Return what it was done to, in one query for each kind whose things have names."""
    words = {}
    named: dict[tuple[str, NamesOf], set[int]] = {}
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        found = SUBJECTS.get(kind)
        words[subject] = str(found.words) if found else subject
        if found and found.names_of and key.isdecimal():
            named.setdefault((kind, found.names_of), set()).add(int(key))
    for (kind, names_of), ids in named.items():
        words |= {f"{kind}:{key}": name for key, name in names_of(ids=ids, course_key=course_key).items()}
    return words


def detail_words(detail: Mapping[str, Any]) -> str:
    """Return what else a line says."""
    return ", ".join(filter(None, (words(detail) for key, words in _DETAILS.items() if key in detail)))

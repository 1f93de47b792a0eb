"""Kinds of subjects that may wait: the room above that has them says how one is opened and called.

Who may read it is asked where it is opened, by the page of that room: asked here, it would be a question to the
database for every line of a list. A list itself is narrowed to the people whose work its reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.registry import Registry

from .data import QueueItem


@dataclass(frozen=True)
class _Kind:
    words: str | Promise
    address: Callable[[QueueItem], str]
    label: Callable[[QueueItem], str]
    places: Callable[[CourseKey | None], Sequence[tuple[str, str]]]


_KINDS: Registry[_Kind] = Registry("kind of what waits")


def register_kind(
    *,
    kind: str,
    words: str | Promise,
    address: Callable[[QueueItem], str],
    label: Callable[[QueueItem], str],
    places: Callable[[CourseKey | None], Sequence[tuple[str, str]]],
) -> None:
    """Let subjects of this kind wait; called while the app starts.

    Args:
        kind: as `Subject.kind` has it.
        words: what many of them are called: "Assignments".
        address: of the page on which who it waits for acts; that page asks who may read it.
        label: what tells it from others with the same title, in the active language: "round 2".
        places: the places of a course run at which they wait, each with its title, for None those that every run has;
            one query at most.

    Raises:
        DoubledKey: another room has registered it.
    """
    _KINDS.add(kind, _Kind(words=words, address=address, label=label, places=places))


def address_of(*, item: QueueItem) -> str:
    """Return the address of the page where the item is acted on.

    Raises:
        UnknownKey: its room has not registered it.
    """
    return _KINDS[item.subject.kind].address(item)


def label_of(*, item: QueueItem) -> str:
    """Return what tells the item from others with the same title.

    Raises:
        UnknownKey: its room has not registered it.
    """
    return _KINDS[item.subject.kind].label(item)


def kinds() -> dict[str, str]:
    """Return what may wait, and what many of it are called in the active language."""
    return {kind: str(found.words) for kind, found in _KINDS.items()}


def places_of(*, course_key: CourseKey | None) -> dict[str, Sequence[tuple[str, str]]]:
    """Return by kind the places of a course run, for None those of every run, each with its title.

    One query a kind at most.
    """
    return {kind: found.places(course_key) for kind, found in _KINDS.items()}


def check_kind(kind: str) -> None:
    """Make sure that somebody knows how to open subjects of this kind.

    Raises:
        UnknownKey: nobody does.
    """
    _KINDS[kind]

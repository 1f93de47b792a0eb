"""Kinds of subjects that can be talked about: the room that has them says who speaks, is told and waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from iciinsmes.lib.registry import Registry

from .data import Side, Speaker, ThreadData


class Teller(Protocol):
    """Tells the other side of a message, once for each subject."""

    def __call__(self, *, subject: UUID, side: Side, author_id: int) -> None:
        """Tell whoever is not on this side that somebody has written about the subject."""


@dataclass(frozen=True)
class _Kind:
    speaker_of: Callable[[int, UUID], Speaker | None]
    tell: Teller
    note: Callable[[UUID, ThreadData], None] | None


_KINDS: Registry[_Kind] = Registry("kind of what is talked about")


def register_kind(
    *,
    kind: str,
    speaker_of: Callable[[int, UUID], Speaker | None],
    tell: Teller,
    note: Callable[[UUID, ThreadData], None] | None = None,
) -> None:
    """Let subjects of this kind be talked about; called while the app starts.

    Args:
        kind: as `Subject.kind` has it.
        speaker_of: returns what a person may do in the thread of a subject; None for nothing, not even read.
        tell: tells the other side of a message.
        note: is told how the thread of a subject stands whenever that changes; None where nothing keeps it.

    Raises:
        DoubledKey: another room has registered it.
    """
    _KINDS.add(kind, _Kind(speaker_of=speaker_of, tell=tell, note=note))


def kind_named(kind: str) -> _Kind | None:
    """Return what a kind says; None for a word in an address that is none."""
    return _KINDS.get(kind)

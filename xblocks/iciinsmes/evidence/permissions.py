"""Who may open a file: the rooms that hold files in what they keep know it, and this room asks them.

A room above brings its rule when the app starts. So this room needs not know what a round is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from iciinsmes.companies.api import can_see_work
from iciinsmes.lib.registry import Registry
from iciinsmes.subjects import Subject

from .models import EvidenceFile
from .serializers import subject_of


class FileHolder(Protocol):
    """A room's answer to whether a person may open a file of a kind of subject."""

    def __call__(self, *, user_id: int, evidence_id: UUID, owner_id: int, subject: Subject) -> bool | None:
        """Return True for yes, False for no, and None if nothing here holds the file for this person."""


@dataclass(frozen=True)
class _Rule:
    kind: str
    holder: FileHolder


_RULES: Registry[_Rule] = Registry("rule for files")


def register_access_rule(*, kind: str, holder: FileHolder, room: str = "") -> None:
    """Ask this holder about files of this kind of subject; called while the app starts.

    Args:
        kind: as `Subject.kind` has it; only a kind with a rule can have files.
        holder: what is asked.
        room: who brings it, where it is another room than that of the kind: one that shows such files too.

    Raises:
        DoubledKey: the room has brought another one for this kind.
    """
    _RULES.add(f"{kind} in {room}" if room else kind, _Rule(kind=kind, holder=holder))


def check_kind(kind: str) -> None:
    """Make sure that somebody knows who may open files of this kind of subject.

    Raises:
        UnknownKey: nobody does.
    """
    _RULES[kind]


def may_open(row: EvidenceFile, user_id: int | None) -> bool:
    """Tell whether the person may open a stored file.

    One rule that says yes is enough. If some say no and none says yes, nobody may. What nothing holds is part of a
    draft, and seen by who may see the owner's work.
    """
    if user_id is None:
        return False
    answers = {
        rule.holder(user_id=user_id, evidence_id=row.pk, owner_id=row.owner_id, subject=subject_of(row))
        for rule in _RULES.values()
        if rule.kind == row.subject_kind
    }
    if True in answers:
        return True
    return False not in answers and can_see_work(user_id=user_id, owner_id=row.owner_id, course_key=row.course_key)

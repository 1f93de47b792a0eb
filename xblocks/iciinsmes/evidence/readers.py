"""Who may open a file: the rooms that hold files in what they keep know it, and this room asks them.

A room above says once, when the app starts, that it wants to be asked. So this room needs not know what a round is.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_see_work

from .models import EvidenceFile


class Holder(Protocol):
    """A room's answer to whether a person may open a file."""

    def __call__(self, *, user_id: int, evidence_id: UUID, owner_id: int, usage_key: UsageKey) -> bool | None:
        """Return True for yes, False for no, and None if nothing here holds the file for this person."""


_holders: list[Holder] = []


def ask_holder(*, holder: Holder) -> None:
    """Ask this holder too from now on; once said is enough."""
    if holder not in _holders:
        _holders.append(holder)


def may_open(row: EvidenceFile, user_id: int | None) -> bool:
    """Tell whether the person may open a stored file.

    One holder that says yes is enough. If some say no and none says yes, nobody may. What nothing holds is part of a
    draft, and seen by who may see the owner's work.
    """
    if user_id is None:
        return False
    answers = {
        holder(user_id=user_id, evidence_id=row.pk, owner_id=row.owner_id, usage_key=row.usage_key)
        for holder in _holders
    }
    if True in answers:
        return True
    return False not in answers and can_see_work(user_id=user_id, owner_id=row.owner_id, course_key=row.course_key)

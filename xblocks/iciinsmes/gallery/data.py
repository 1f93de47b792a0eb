"""What the gallery hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments.data import RoundData
from iciinsmes.companies.data import CompanyData


@dataclass(frozen=True)
class GalleryEntryData:
    """One round that is shown, or could be.

    ``company`` is the firm in which it was done, None if there was none; its name is for readers only where
    ``company_named`` says so. ``is_own`` tells whether the reader did it. ``taken_out`` is the learner's decision,
    ``hidden_reason`` the staff's; neither has been taken where the entry is ``shown``.
    """

    id: int
    usage_key: UsageKey
    round: RoundData
    company: CompanyData | None
    company_named: bool
    is_own: bool
    since: datetime
    taken_out: bool
    hidden_reason: str

    @property
    def shown(self) -> bool:
        """Whether everybody who takes part can see it."""
        return not self.taken_out and not self.hidden_reason


@dataclass(frozen=True)
class EntryPage:
    """A page of the gallery, newest first; ``next_after`` is the key of the next page, None at the end."""

    entries: tuple[GalleryEntryData, ...]
    next_after: int | None

"""What pages see of authors' changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opaque_keys.edx.keys import UsageKey


@dataclass(frozen=True, slots=True)
class ChangeData:
    """One changed block.

    ``way`` names section, subsection and unit; it is empty for a block that the course folder no longer has.
    ``author`` is empty when the account is gone.
    """

    usage_key: UsageKey
    title: str
    way: tuple[str, ...]
    author: str
    updated_at: datetime

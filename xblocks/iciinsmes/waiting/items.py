"""A row of what waits, as it is handed out."""

from __future__ import annotations

from django.utils import timezone
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from iciinsmes.platform import Title, block_title
from iciinsmes.subjects import Subject

from .data import Claim, MentorWord, Progress, QueueItem
from .models import WaitingItem


def _title(row: WaitingItem) -> Title:
    """Return what the queue calls the row; what waits at a block is called as readers call the block."""
    try:
        usage_key: UsageKey | None = UsageKey.from_string(row.place)
    except InvalidKeyError:
        usage_key = None
    return block_title(usage_key, row.title)


def as_item(row: WaitingItem) -> QueueItem:
    """Return the row, whose firm was read with it."""
    return QueueItem(
        subject=Subject(id=row.subject, kind=row.kind, course_key=row.course_key, company_id=row.company_id),
        owner_id=row.owner_id,
        title=_title(row),
        waiting_since=row.since,
        place=row.place,
        number=row.number,
        late=row.late,
        with_ids=tuple(row.with_ids),
        progress=Progress(row.progress),
        word=MentorWord(row.word),
        language=row.language,
        company=row.company.name if row.company else "",
        has_question=row.has_question,
        claim=claim_of(row),
        allocated_to=row.allocated_to_id,
        is_blind=row.is_blind,
    )


def claim_of(row: WaitingItem) -> Claim | None:
    """Return who has it in hand by this row."""
    if row.is_blind or row.claimed_by_id is None or row.claimed_until is None:
        return None
    return Claim(row.claimed_by_id, row.claimed_until) if row.claimed_until > timezone.now() else None

"""A row of what waits, as it is handed out."""

from __future__ import annotations

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from iciinsmes.platform import Title, block_title
from iciinsmes.subjects import Subject

from .claims import claim_of
from .data import MentorWord, Progress, QueueItem
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

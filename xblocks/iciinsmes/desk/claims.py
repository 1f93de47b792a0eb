"""Who has a work in hand and whose it is, as rows and pages say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from iciinsmes.platform import zones
from iciinsmes.review import api as review
from iciinsmes.waiting.data import Claim, Progress, QueueItem

from .people import People


@dataclass(frozen=True)
class ClaimBox:
    """What the page of a work says: who has it in hand and whose it is; ``token`` is of the reader's own claim."""

    words: str
    is_own: bool
    holder_id: int | None
    token: str
    allocated: str


def claim_box(item: QueueItem, people: People, user_id: int) -> ClaimBox | None:
    """Return what a page says of something that waits; None where two judge it without knowing of each other."""
    if item.is_blind:
        return None
    is_own = item.claim is not None and item.claim.user_id == user_id
    return ClaimBox(
        words=claimed_words(item.claim, people, user_id),
        is_own=is_own,
        holder_id=item.claim.user_id if item.claim else None,
        token=token_of(item.claim) if is_own else "",
        allocated=allocated_words(item, people, user_id),
    )


def claimed_words(claim: Claim | None, people: People, user_id: int) -> str:
    """Say who has it in hand and until when; empty for nobody."""
    if claim is None:
        return ""
    until = zones.clock(claim.until)
    if claim.user_id == user_id:
        return _("You have it until %(time)s") % {"time": until}
    return _("%(name)s has it until %(time)s") % {"name": people.name(claim.user_id), "time": until}


def allocated_words(item: QueueItem, people: People, user_id: int) -> str:
    """Say whose it is; empty for nobody's."""
    if item.allocated_to is None:
        return ""
    if item.allocated_to == user_id:
        return _("allocated to you")
    return _("allocated to %(name)s") % {"name": people.name(item.allocated_to)}


def token_of(claim: Claim | None) -> str:
    """Return what tells one claim from a later one of the same person."""
    return claim.until.isoformat() if claim else ""


def read_token(text: str) -> datetime | None:
    """Read what `token_of` wrote; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def staff_on(item: QueueItem) -> list[int]:
    """Return the ids of those of the staff whom a row names."""
    holder = item.claim.user_id if item.claim else None
    return [each for each in (holder, item.allocated_to) if each is not None]


def open_to(items: Collection[QueueItem], user_id: int) -> Iterator[QueueItem]:
    """Yield what nobody else has in hand and the person is not done with; one query where anybody could be done."""
    some = [item.subject.id for item in items if item.is_blind or item.progress is Progress.READY]
    done = review.has_marked(subjects=some, assessor_id=user_id) if some else frozenset()
    for item in items:
        is_taken = item.claim is not None and item.claim.user_id != user_id
        if not is_taken and item.subject.id not in done:
            yield item

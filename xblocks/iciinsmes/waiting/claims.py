"""Who has in hand what waits: each change is one conditional update, so of two at once one has it.

A claim tells colleagues, it locks nothing: who judges first has judged. It runs out by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from .data import Claim
from .items import claim_of
from .models import WaitingItem


def claim(*, subject: UUID, user_id: int) -> Claim | None:
    """Let somebody have in hand what waits, from now for as long as claims last, if nobody else has it.

    Who has it already has it longer. What two judge without knowing of each other is in nobody's hand.

    Returns:
        The person's claim as it is now; None if somebody else has it, and for what nobody can have in hand.
    """
    now = timezone.now()
    until = now + claim_time()
    free = Q(claimed_by=None) | Q(claimed_by=user_id) | Q(claimed_until=None) | Q(claimed_until__lte=now)
    rows = WaitingItem.objects.filter(free, subject=subject, is_blind=False)
    return Claim(user_id, until) if rows.update(claimed_by=user_id, claimed_until=until) else None


def claim_now(*, subject: UUID) -> Claim | None:
    """Return who has it in hand; None for nobody, and for what does not wait."""
    row = WaitingItem.objects.filter(subject=subject).only("claimed_by_id", "claimed_until", "is_blind").first()
    return None if row is None else claim_of(row)


def take_over(*, subject: UUID, user_id: int, from_id: int) -> bool:
    """Let somebody have in hand what another person had, if that one still has it.

    Returns:
        Whether it has changed hands; no for the second of two clicks, and if it went elsewhere in between.
    """
    rows = WaitingItem.objects.filter(subject=subject, claimed_by=from_id, is_blind=False).exclude(claimed_by=user_id)
    return bool(rows.update(claimed_by=user_id, claimed_until=timezone.now() + claim_time()))


def give_back(*, subject: UUID, user_id: int, until: datetime | None = None) -> bool:
    """Let what somebody has in hand be free again.

    Args:
        subject: what waits.
        user_id: who has it.
        until: only the claim that ends then: a page that is left must not end what a later one has begun.

    Returns:
        Whether the person had it.
    """
    rows = WaitingItem.objects.filter(subject=subject, claimed_by=user_id)
    if until is not None:
        rows = rows.filter(claimed_until=until)
    return bool(rows.update(claimed_by=None, claimed_until=None))


def claim_time() -> timedelta:
    """Return how long a claim lasts."""
    return timedelta(minutes=settings.ICIINSMES_CLAIM_MINUTES)  # type: ignore[misc] # set in plugin_settings

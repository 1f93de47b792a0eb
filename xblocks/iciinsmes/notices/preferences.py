"""When people want mails."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from .data import Mails
from .models import Notice, NoticePreference


def mails_of(*, user_id: int) -> Mails:
    """Return when the person wants mails."""
    return mails_of_many([user_id])[user_id]


def set_mails(*, user_id: int, mails: Mails) -> None:
    """Keep when the person wants mails; what waits for a digest is forgotten by those who want none."""
    # Nothing waits yet where nothing was chosen, so the first digest is the first after now.
    _row, created = NoticePreference.objects.get_or_create(
        user_id=user_id, defaults={"mails": mails.value, "digest_at": timezone.now()}
    )
    if not created:
        NoticePreference.objects.filter(user_id=user_id).update(mails=mails.value)
    if mails is Mails.NEVER:
        Notice.objects.filter(awaits_mail=True, user_id=user_id).update(awaits_mail=False)


def mails_of_many(user_ids: Collection[int]) -> dict[int, Mails]:
    """Return when each of these people wants mails, in one query."""
    chosen = dict(NoticePreference.objects.filter(user_id__in=user_ids).values_list("user_id", "mails"))
    return {user_id: Mails(chosen.get(user_id, Mails.AT_ONCE)) for user_id in user_ids}

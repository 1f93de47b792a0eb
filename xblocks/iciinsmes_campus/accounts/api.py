"""The only door to accounts: the language in which a person reads, what is kept about signing in, counts of tries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from .models import AccountLanguage, Count
from .retirement import expire_sign_ins, export_person, forget_person

__all__ = [
    "expire_sign_ins",
    "export_person",
    "forget_old_counts",
    "forget_person",
    "keep_language",
    "keep_language_at_first_sign_in",
    "language_of",
    "languages_of",
]


def forget_old_counts() -> int:
    """Drop how often something was done by whom, where the time is over; return how many."""
    deleted, _by_model = Count.objects.filter(since__lt=timezone.now() - timedelta(days=1)).delete()
    return deleted


def languages_of(*, user_ids: Collection[int]) -> dict[int, str]:
    """Return the languages of those of these people who have signed in, in one query."""
    return dict(AccountLanguage.objects.filter(user_id__in=user_ids).values_list("user_id", "language"))


def language_of(*, user_id: int) -> str | None:
    """Return the person's language as a Django language code, None for a person who has not signed in yet."""
    return AccountLanguage.objects.filter(user_id=user_id).values_list("language", flat=True).first()


def keep_language(*, user_id: int, language: str) -> None:
    """Keep the language that the person has chosen."""
    AccountLanguage.objects.update_or_create(user_id=user_id, defaults={"language": language})


def keep_language_at_first_sign_in(*, request: HttpRequest | None, user: AbstractBaseUser, **_more: Any) -> None:
    """Keep the language that the browser shows, until the person chooses one; receives Django's `user_logged_in`."""
    shown = getattr(request, "LANGUAGE_CODE", None)
    if shown:
        AccountLanguage.objects.get_or_create(user_id=user.pk, defaults={"language": shown})

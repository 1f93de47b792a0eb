"""What the campus keeps about a person besides courses: account, signing in, sessions, notes of the administration."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData
from iciinsmes_campus.scrubbing import scrub_when_committed

from .models import AccountLanguage

#: Tables of the throttle of passwords: tries that failed lately, all that failed, and what succeeded.
_SIGN_INS: tuple[type[AccessAttempt | AccessFailureLog | AccessLog], ...] = (AccessAttempt, AccessFailureLog, AccessLog)


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the account, when and from where somebody signed in with it, and the open sessions.

    Args:
        user_id: the person.
        course_key: None for all; nothing of it belongs to a course run.
    """
    user = get_user_model().objects.filter(pk=user_id).first() if course_key is None else None
    if user is None:
        return PersonalData(tables={})
    return PersonalData(
        tables={
            "account": iter([_account(user)]),
            "signing_in": _signing_in(user),
            "sessions": ({"ends_at": row.expire_date} for row in _sessions_of(user_id)),
            "administration": _notes(_noted(user_id)),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Close the account and take the person out of it, with everything about signing in.

    The row of the account stays, without anything that tells whose it was: lines of others may point to it. In one
    course run nothing goes, because the account belongs to none.
    """
    scrub_when_committed()
    user = get_user_model().objects.filter(pk=user_id).first() if course_key is None else None
    if user is None:
        return
    with transaction.atomic():
        for table in _SIGN_INS:
            _of_person(table, user).delete()
        for row in _sessions_of(user_id):
            # Also from the memory of this process.
            SessionStore(row.session_key).delete()
        _noted(user_id).delete()
        AccountLanguage.objects.filter(user_id=user_id).delete()
        _empty(user)


def expire_sign_ins(*, before: datetime, dry_run: bool = False) -> int:
    """Remove what was noted about signing in before this moment, and sessions that ended; return how many.

    Args:
        before: the moment.
        dry_run: only count them.
    """
    old: list[QuerySet[Any]] = [table.objects.filter(attempt_time__lt=before) for table in _SIGN_INS]
    old.append(Session.objects.filter(expire_date__lt=min(before, timezone.now())))
    if dry_run:
        return sum(rows.count() for rows in old)
    scrub_when_committed()
    return sum(rows.delete()[0] for rows in old)


def _account(user: User) -> Mapping[str, Any]:
    language = AccountLanguage.objects.filter(user_id=user.pk).values_list("language", flat=True).first()
    return {
        "user_name": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "mail": user.email,
        "language": language,
        "made_at": user.date_joined,
        "signed_in_last_at": user.last_login,
        "is_open": user.is_active,
        "groups": [group.name for group in user.groups.order_by("name")],
    }


def _signing_in(user: User) -> Iterator[Mapping[str, Any]]:
    for table in _SIGN_INS:
        for row in _of_person(table, user).order_by("attempt_time", "id").iterator():
            yield {
                "at": row.attempt_time,
                "worked": isinstance(row, AccessLog),
                "typed_name": row.username,
                "network_address": row.ip_address,
                "browser": row.user_agent,
                "signed_out_at": getattr(row, "logout_time", None),
            }


def _notes(rows: QuerySet[LogEntry]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("id").iterator():
        yield {"at": row.action_time, "what": row.get_action_flag_display(), "how": row.change_message}


def _of_person(table: type[AccessAttempt | AccessFailureLog | AccessLog], user: User) -> QuerySet[Any]:
    """Return the lines with the user name or the mail address, as both are typed at the door in any capitals."""
    which = Q(username__iexact=user.username)
    if user.email:
        which |= Q(username__iexact=user.email)
    return table.objects.filter(which)


def _sessions_of(user_id: int) -> list[Session]:
    """Return the person's sessions; who has one stands inside, so that all have to be opened."""
    rows = Session.objects.order_by("session_key").iterator()
    return [row for row in rows if str(row.get_decoded().get(SESSION_KEY)) == str(user_id)]


def _noted(user_id: int) -> QuerySet[LogEntry]:
    """Return what Django's administration noted: what the person did there, and what was done to the account."""
    account: type[Model] = get_user_model()
    is_account = Q(content_type=ContentType.objects.get_for_model(account), object_id=str(user_id))
    return LogEntry.objects.filter(Q(user_id=user_id) | is_account)


def _empty(user: User) -> None:
    user.username = f"erased-{secrets.token_hex(8)}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.date_joined = None, timezone.now()
    # No link that was mailed to set a new password fits any more, and no session goes on.
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()

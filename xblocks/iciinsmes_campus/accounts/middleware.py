"""Who is signed in: remembered sessions, checked against the database with the query that reads the account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's middleware of the same purpose, for sessions that each process remembers for itself.

    A process does not hear of a session that another one has ended or changed. The row of the session is therefore read
    together with the account, in one query, and the remembered one gives way to it.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Let the page ask who it is, when it wants to know."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _cached_user(request))  # type: ignore[assignment]


def _cached_user(request: Any) -> AbstractBaseUser | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _user(request)
    found: AbstractBaseUser | AnonymousUser = request._cached_user
    return found


def _user(request: Any) -> AbstractBaseUser | AnonymousUser:
    session = request.session
    if SESSION_KEY not in session or BACKEND_SESSION_KEY not in session:
        return AnonymousUser()
    rows = Session.objects.filter(session_key=session.session_key, expire_date__gt=timezone.now())
    users = get_user_model()._default_manager
    user = (
        users.filter(pk=session[SESSION_KEY], is_active=True)
        .annotate(kept=Subquery(rows.values("session_data")[:1]))
        .first()
    )
    if user is None or user.kept is None:
        session.flush()
        return AnonymousUser()
    _refresh(session, user.kept)
    is_right = session.get(SESSION_KEY) == str(user.pk) and constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    )
    if not is_right:
        session.flush()
        return AnonymousUser()
    return user


def _refresh(session: Any, kept: str) -> None:
    """Put what the database has in place of what was remembered, unless this request has changed it already."""
    if not session.modified:
        session._session_cache = session.decode(kept)

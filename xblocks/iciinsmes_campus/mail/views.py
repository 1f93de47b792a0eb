"""The outbox: mail that the campus would have sent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import api

_MAX_DIGITS = 15


@login_required
@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mail that the person may read, newest first."""
    user = _user(request)
    page = api.outbox(user_id=user.id, address=user.email, before=_key(request.GET.get("before")))
    api.note_listed(user_id=user.id, address=user.email, page=page)
    context = {"page": page, "coordinates": bool(api.coordinated(user.id))}
    return render(request, "iciinsmes_campus/mail/outbox.html", context)


@login_required
@require_safe
@never_cache
def show(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail; 404 for somebody else's."""
    user = _user(request)
    try:
        mail = api.mail(mail_id=mail_id, user_id=user.id, address=user.email)
    except api.UnknownMail as error:
        raise Http404 from error
    api.note_opened(user_id=user.id, address=user.email, mail=mail)
    return render(request, "iciinsmes_campus/mail/mail.html", {"mail": mail})


def _user(request: HttpRequest) -> User:
    """Return the signed-in person; views here are for signed-in people only."""
    user: User = request.user  # type: ignore[assignment]
    return user


def _key(text: str | None) -> int | None:
    """Read the key of a page; nonsense shows the first."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else None

"""The pages of threads, for who has a part in one; everybody else gets 404."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from . import api
from .web import answer, posted, speaker_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, kind: str, subject: UUID) -> HttpResponse:
    """Show a thread; a POST writes a message (``text``) into it."""
    speaks = speaker_in(request, kind, subject)
    if request.method != "POST":
        return answer(request, speaks)
    return posted(request, speaks, lambda user_id, text: api.write(speaks=speaks, user_id=user_id, text=text))


@never_cache
@login_required
@require_POST
def change(request: HttpRequest, kind: str, subject: UUID, message_id: int) -> HttpResponse:
    """Write an own message anew (``text``)."""
    speaks = speaker_in(request, kind, subject)

    def step(user_id: int, text: str) -> None:
        api.change(speaks=speaks, user_id=user_id, message_id=message_id, text=text)

    return posted(request, speaks, step, message_id)


@never_cache
@login_required
@require_POST
def delete(request: HttpRequest, kind: str, subject: UUID, message_id: int) -> HttpResponse:
    """Delete the words of an own message."""
    speaks = speaker_in(request, kind, subject)

    def step(user_id: int, _text: str) -> None:
        api.delete(speaks=speaks, user_id=user_id, message_id=message_id)

    return posted(request, speaks, step, message_id)


@never_cache
@login_required
@require_POST
def settle(request: HttpRequest, kind: str, subject: UUID) -> HttpResponse:
    """Say that a learner's message needs no answer."""
    speaks = speaker_in(request, kind, subject)
    return posted(request, speaks, lambda _user_id, _text: api.settle(speaks=speaks))

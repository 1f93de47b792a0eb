"""A thread as a page, or as a part of one; rooms above show it beside what is talked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .data import MAX_TEXT, MessageData, Side, Speaker, ThreadPage
from .errors import TooOften, UnknownMessage, UnknownThread, WrongMessage


@dataclass(frozen=True)
class TypedMessage:
    """What was sent and not taken; ``message_id`` is None for a new message."""

    text: str
    problem: str
    message_id: int | None = None


def speaker_in(request: HttpRequest, kind: str, subject: UUID) -> Speaker:
    """Return what the signed-in person may do in a thread.

    Raises:
        Http404: nothing, or there is no such thread.
    """
    try:
        return api.speaker(kind=kind, subject=subject, user_id=int(request.user.pk or 0))
    except UnknownThread as error:
        raise Http404 from error


def posted(
    request: HttpRequest, speaks: Speaker, step: Callable[[int, str], None], message_id: int | None = None
) -> HttpResponse:
    """Do what a form asks for (``text``), and show the thread with what came of it; refused words stay in the form."""
    typed, status = None, 200
    text = request.POST.get("text", "")
    try:
        step(int(request.user.pk or 0), text)
    except WrongMessage as refused:
        typed, status = TypedMessage(text=text, problem=refused.message, message_id=message_id), 422
    except TooOften as refused:
        typed, status = TypedMessage(text=text, problem=refused.message, message_id=message_id), 429
    except UnknownMessage:
        problem = _("This message can no longer be changed. Your words are below; send them as a new one.")
        typed, status = TypedMessage(text=text, problem=problem), 409
    if typed is None and not _is_part(request):
        if message_id is None and text:
            messages.success(request, _("Sent."))
        return redirect(thread_url(speaks))
    return answer(request, speaks, typed, status=status)


def answer(
    request: HttpRequest, speaks: Speaker, typed: TypedMessage | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a thread: asked by htmx a part, with ``?before=`` only its earlier messages, else a page of its own."""
    user_id = int(request.user.pk or 0)
    before = whole_number(request.GET.get("before"))
    page = api.page(subject=speaks.subject.id, reader_id=user_id, before=before)
    context = {**thread_context(speaks, page), "typed_message": typed}
    if _is_part(request):
        name = "rows" if before is not None and request.method == "GET" else "part"
    else:
        name = "thread"
        context["course"] = host().course(speaks.subject.course_key)
    response = render(request, f"iciinsmes/threads/{name}.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def thread_context(speaks: Speaker, page: ThreadPage) -> dict[str, Any]:
    """Return what a thread with this page of messages needs."""
    ids = {each.author_id for each in page.messages if each.author_id is not None} | set(speaks.with_ids)
    names = {key: found.label for key, found in host().people(ids, speaks.subject.course_key).items()}
    state = api.thread_of(subject=speaks.subject.id)
    return {
        "url": thread_url(speaks),
        "title": speaks.title,
        "place": speaks.subject.id,
        "rows": [(each, _name(each, names), f"{thread_url(speaks)}{each.id}/") for each in page.messages],
        "before": page.before,
        "is_staff": speaks.side is Side.STAFF,
        "is_open": state.question_since is not None,
        "with_names": [names[key] for key in speaks.with_ids if key in names],
        "with_coach": speaks.with_coach,
        "max_text": MAX_TEXT,
    }


def thread_url(speaks: Speaker) -> str:
    """Return the address of a thread."""
    return reverse("iciinsmes:thread", args=[speaks.subject.kind, speaks.subject.id])


def _name(message: MessageData, names: dict[int, str]) -> str:
    return names.get(message.author_id or 0) or _("Somebody without an account")


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"

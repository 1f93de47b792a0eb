"""What the learner's page sends: drafts while typing, and the hand-in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work_on
from iciinsmes.lib.templating import render
from iciinsmes.platform import host, zones

from . import api
from .data import Audience, DraftData
from .errors import (
    ColleaguesRefused,
    IncompleteWork,
    NoRoundsLeft,
    NotEditable,
    NotWithdrawable,
    StaleDraft,
    TaskChanged,
    TooLate,
    UnknownAssignment,
    UnknownRound,
    UnknownSource,
)
from .hours_log import read_hours, read_log
from .page import TypedWork, print_context, render_colleagues, render_conflict, render_work
from .teams import refusals


@login_required
@require_POST
def draft(request: HttpRequest, usage_key: UsageKey) -> JsonResponse:
    """Save the draft; answers 200 with the new revision, 409 with the other version, 422 for a field, 404 and 410."""
    user_id = _learner(request, usage_key)
    try:
        saved = api.save_draft(user_id=user_id, usage_key=usage_key, **_sent(request))
    except ValueError as error:
        return JsonResponse({"field": "hours", "message": str(error)}, status=422)
    except StaleDraft as conflict:
        return JsonResponse(_conflict(conflict.current, usage_key), status=409)
    except NotEditable:
        message = _("This work is already handed in. Reload the page to see it.")
        return JsonResponse({"message": message}, status=410)
    except UnknownAssignment as error:
        raise Http404 from error
    return JsonResponse({"revision": saved.revision, "message": _saved_message(saved)})


@login_required
@require_POST
def hand_in(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Save what the form holds and hand it in; answers with the learner's page part, 409 or 422 if it was refused."""
    user_id = _learner(request, usage_key)
    typed = _typed(request)
    refused = partial(_part, user_id, usage_key, typed=typed)
    try:
        api.save_and_hand_in(
            user_id=user_id,
            usage_key=usage_key,
            version_id=_number(request.POST.get("version")),
            colleague_ids=typed.colleague_ids,
            **_sent(request),
        )
    except NotEditable:
        # The second half of a double click, or a colleague was faster: the page shows what is there and was typed.
        return _part(user_id, usage_key, typed=typed)
    except ColleaguesRefused as error:
        return refused(status=422, problems={"colleagues": refusals(error.reasons, usage_key.course_key)})
    except StaleDraft as conflict:
        return refused(status=409, conflict=conflict.current)
    except NoRoundsLeft:
        return refused(status=409, notice=_("All rounds of this task are used. Ask your teacher for another one."))
    except TooLate:
        return refused(status=409, notice=_("The deadline is over, and nothing is taken after it. Ask your teacher."))
    except TaskChanged:
        notice = _("The task was changed while you were writing. Read it once more, then hand in again.")
        return refused(status=409, notice=notice)
    except IncompleteWork as error:
        return refused(status=422, problems=error.problems)
    except ValueError as error:
        return refused(status=422, problems={"hours": str(error)})
    except UnknownAssignment as error:
        raise Http404 from error
    return _part(user_id, usage_key)


@login_required
@require_POST
def withdraw(request: HttpRequest, usage_key: UsageKey, round_id: UUID) -> HttpResponse:
    """Take the newest round back; answers with the learner's page part, 409 if somebody has opened it meanwhile."""
    user_id = _learner(request, usage_key)
    try:
        api.withdraw(user_id=user_id, usage_key=usage_key, round_id=round_id)
    except UnknownRound:
        # The second half of a double click, or of another tab: the page shows what the first half did.
        return _part(user_id, usage_key)
    except NotWithdrawable:
        notice = _("Too late to take it back: somebody has opened this round already.")
        return _part(user_id, usage_key, status=409, notice=notice)
    return _part(user_id, usage_key)


@login_required
@require_GET
def part(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Return the learner's page part as it stands on the server."""
    try:
        return _part(_learner(request, usage_key), usage_key)
    except UnknownAssignment as error:
        raise Http404 from error


@login_required
@require_GET
def colleagues(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Return the list of those with whom the learner can hand in together."""
    try:
        return HttpResponse(render_colleagues(api.work_of(user_id=_learner(request, usage_key), usage_key=usage_key)))
    except UnknownAssignment as error:
        raise Http404 from error


@login_required
@require_GET
def source(request: HttpRequest, usage_key: UsageKey, question_key: str) -> HttpResponse:
    """Return the text that a learner can take over into an answer, as plain text; 404 where there is no source."""
    try:
        text = api.text_for_answer(user_id=_learner(request, usage_key), usage_key=usage_key, question_key=question_key)
    except (UnknownAssignment, UnknownSource) as error:
        raise Http404 from error
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_required
@require_GET
def print_page(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Show the task and all own rounds on one page that prints well."""
    user_id = _learner(request, usage_key)
    try:
        work = api.work_of(user_id=user_id, usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error
    context = {
        "name": host().names([user_id]).get(user_id, ""),
        "course": host().course(usage_key.course_key),
        "back": host().block_url(usage_key),
        **print_context(work),
    }
    return render(request, "iciinsmes/assignments/print.html", context)


def _learner(request: HttpRequest, usage_key: UsageKey) -> int:
    """Return the user's id; 404 for who does not learn here or may not know the task, so that keys cannot be probed."""
    user_id = request.user.id
    if user_id is None or not can_work_on(user_id=user_id, usage_key=usage_key):
        raise Http404
    return user_id


def _part(
    user_id: int,
    usage_key: UsageKey,
    *,
    status: int = 200,
    problems: Mapping[str, str] | None = None,
    conflict: DraftData | None = None,
    typed: TypedWork | None = None,
    notice: str = "",
) -> HttpResponse:
    html = render_work(
        api.work_of(user_id=user_id, usage_key=usage_key),
        problems=problems,
        conflict=conflict,
        typed=typed,
        notice=notice,
    )
    return HttpResponse(html, status=status)


def _answers(request: HttpRequest) -> dict[str, str]:
    prefix = "answer-"
    return {name[len(prefix) :]: str(text) for name, text in request.POST.items() if name.startswith(prefix)}


def _number(text: str | None) -> int:
    """Read a counter that the page sent back; nonsense counts as 0 and ends as a conflict, never as an error."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Return what the form holds, as `api.save_draft` takes it; raises ValueError for hours that are none."""
    log = request.POST.get("log")
    audience = request.POST.get("audience", "")
    return {
        "answers": _answers(request),
        "base_revision": _number(request.POST.get("revision")),
        "hours": read_hours(request.POST.get("hours", "")),
        "log": None if log is None else read_log(log),
        "audience": Audience(audience) if audience in [each.value for each in Audience] else None,
        "own_work": _ticked(request),
    }


def _typed(request: HttpRequest) -> TypedWork:
    hours = request.POST.get("hours")
    one_line = json.dumps([{"hours": hours}]) if hours else None
    return TypedWork(
        answers=_answers(request),
        log=request.POST.get("log", one_line),
        audience=request.POST.get("audience"),
        own_work=_ticked(request),
        colleague_ids=frozenset(filter(None, map(_number, request.POST.getlist("colleague")))),
    )


def _ticked(request: HttpRequest) -> bool | None:
    """Tell whether the statement is ticked; None where the form has no such box."""
    return None if "statement" not in request.POST else "own_work" in request.POST


def _saved_message(saved: DraftData) -> str:
    moment = saved.saved_at or timezone.now()
    return _("Saved %(time)s") % {"time": zones.clock(moment)}


def _conflict(current: DraftData, usage_key: UsageKey) -> dict[str, object]:
    task = api.current_task(usage_key=usage_key).task
    return {"revision": current.revision, "html": render_conflict(task, current)}

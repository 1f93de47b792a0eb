"""What all views about evidence share: who may, how refusals are answered, and the list that is shown afterwards.

A refusal has the status that its reason has in HTTP: 409 send on from ``received`` or somebody was faster, 413 too
large, 415 wrong content, 422 a rule of the task or a wrong field, 410 the work is handed in, 503 in a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work_on
from iciinsmes.evidence import api as evidence
from iciinsmes.lib.templating import render_to_string

from . import api
from .data import Task, TaskVersionData
from .errors import UnknownAssignment
from .presentation import place_of

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


_STATUS: dict[type[evidence.EvidenceError], int] = {
    evidence.UnknownFile: 404,
    evidence.OffsetMismatch: 409,
    evidence.StaleItem: 409,
    evidence.TooLarge: 413,
    evidence.ContentRefused: 415,
    evidence.NotNow: 503,
}


def answering_errors(view: View[_P]) -> View[_P]:
    """Let signed-in people through, and answer every refusal in a form that the page's script can show."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"message": _("You are signed out. Sign in again and reload this page.")}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return JsonResponse({"message": _("This task is not here any more. Reload the page.")}, status=404)
        except evidence.EvidenceError as error:
            return JsonResponse(_refusal(error), status=_STATUS.get(type(error), 422))

    return checked


def writer(request: HttpRequest, usage_key: UsageKey) -> tuple[int, TaskVersionData]:
    """Return the learner and the task; 404 for who does not learn here or may not know it, and for other blocks."""
    owner_id = request.user.id
    if owner_id is None or not can_work_on(user_id=owner_id, usage_key=usage_key):
        raise Http404
    try:
        return owner_id, api.current_task(usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error


def closed() -> JsonResponse:
    """Answer who writes on work that is handed in."""
    return JsonResponse({"message": closed_text()}, status=410)


def closed_text() -> str:
    """Return why nothing can be changed."""
    return _("This work is already handed in. Reload the page to see it.")


def question_in(text: str | None, task: Task) -> str:
    """Return the question that the page names; one the task does not have stands for the whole work."""
    return text if text and text in {question.key for question in task.questions} else ""


def list_part(
    subject: UUID,
    version: TaskVersionData,
    question: str,
    *,
    editable: bool = True,
    problem: str = "",
) -> str:
    """Return the list of evidence at one place as HTML."""
    files = evidence.files_of(subject=subject)
    items = evidence.items_of(subject=subject)
    context = {
        "place": place_of(version.task, question, files, items),
        "usage_key": version.usage_key,
        "editable": editable,
        "problem": problem,
    }
    return render_to_string("iciinsmes/evidence/files.html", context)


def _refusal(error: evidence.EvidenceError) -> dict[str, object]:
    answer: dict[str, object] = {"message": error.message}
    if isinstance(error, evidence.OffsetMismatch):
        answer["received"] = error.received
    if isinstance(error, evidence.ItemRefused):
        answer["problems"] = error.problems
    if isinstance(error, evidence.StaleItem):
        answer["revision"] = error.current.revision
        answer["html"] = render_to_string("iciinsmes/rounds/item.html", {"item": error.current})
    return answer

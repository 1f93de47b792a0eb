"""What the learner's page sends about files: uploads in chunks, descriptions, removals.

Uploads answer in JSON, with a ``message`` for the learner when something is refused; the two others answer with the
page part that lists the files. A refusal has the status that its reason has in HTTP: 409 send on from ``received``,
413 too large, 415 wrong content, 422 a rule of the task, 410 the work is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES, EvidenceRules, UploadData

from . import api
from .data import TaskVersionData
from .errors import UnknownAssignment

_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponse]

_STATUS: dict[type[evidence.EvidenceError], int] = {
    evidence.UnknownFile: 404,
    evidence.OffsetMismatch: 409,
    evidence.TooLarge: 413,
    evidence.ContentRefused: 415,
}
_MAX_DIGITS = 15


def _answering_errors(view: _View[_P]) -> _View[_P]:
    """Let signed-in people through, and answer every refusal in a form that the page's script can show."""

    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"message": _("You are signed out. Sign in again and reload this page.")}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return JsonResponse({"message": _("This task is not here any more. Reload the page.")}, status=404)
        except evidence.EvidenceError as error:
            answer: dict[str, object] = {"message": error.message}
            if isinstance(error, evidence.OffsetMismatch):
                answer["received"] = error.received
            return JsonResponse(answer, status=_STATUS.get(type(error), 422))

    return checked


@_answering_errors
def begin(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Announce a file (``name``, ``size``, ``sha256``); answers where its bytes go and from which one on."""
    owner_id, version = _writer(request, usage_key)
    if not _may_edit(owner_id, usage_key):
        return _closed()
    upload = evidence.begin_upload(
        owner_id=owner_id,
        course_key=version.course_key,
        usage_key=usage_key,
        name=request.POST.get("name", ""),
        size=_number(request.POST.get("size")),
        sha256=request.POST.get("sha256", ""),
        rules=version.task.evidence,
    )
    urls = {step: reverse(f"iciinsmes:work-upload-{step}", args=(usage_key, upload.id)) for step in _STEPS}
    return JsonResponse({**_progress(upload), "urls": urls}, status=201)


@_answering_errors
def chunk(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Take the bytes in the request's body; ``?offset=`` says where in the file they belong."""
    owner_id, _version = _writer(request, usage_key)
    if not _may_edit(owner_id, usage_key):
        return _closed()
    content = request.read(CHUNK_BYTES + 1)
    upload = evidence.receive_chunk(
        upload_id=upload_id,
        owner_id=owner_id,
        offset=_number(request.GET.get("offset")),
        content=content,
        usage_key=usage_key,
    )
    return JsonResponse(_progress(upload))


@_answering_errors
def finish(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Check what arrived and attach it; answers with the list of files as HTML."""
    owner_id, version = _writer(request, usage_key)
    if not _may_edit(owner_id, usage_key):
        return _closed()
    rules = version.task.evidence
    file = evidence.finish_upload(upload_id=upload_id, owner_id=owner_id, rules=rules, usage_key=usage_key)
    return JsonResponse({"id": str(file.id), "name": file.name, "html": _files_part(owner_id, usage_key, rules)})


@_answering_errors
def cancel(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Give up an upload; allowed whatever became of the work."""
    owner_id, _version = _writer(request, usage_key)
    evidence.cancel_upload(upload_id=upload_id, owner_id=owner_id, usage_key=usage_key)
    return JsonResponse({})


@_answering_errors
def remove(request: HttpRequest, usage_key: UsageKey, evidence_id: UUID) -> HttpResponse:
    """Take a file out of the draft; answers with the list of files, also when it was gone already."""

    def change(owner_id: int) -> None:
        evidence.remove(evidence_id=evidence_id, owner_id=owner_id, usage_key=usage_key)

    return _changed_part(request, usage_key, change)


@_answering_errors
def describe(request: HttpRequest, usage_key: UsageKey, evidence_id: UUID) -> HttpResponse:
    """Say what a file shows (``description``); answers with the list of files."""

    def change(owner_id: int) -> None:
        evidence.describe(
            evidence_id=evidence_id,
            owner_id=owner_id,
            description=request.POST.get("description", ""),
            usage_key=usage_key,
        )

    return _changed_part(request, usage_key, change)


_STEPS = ("chunk", "finish", "cancel")


def _changed_part(request: HttpRequest, usage_key: UsageKey, change: Callable[[int], None]) -> HttpResponse:
    """Make a change to the files and show them as they are afterwards, with the reason if it was refused."""
    owner_id, version = _writer(request, usage_key)
    rules = version.task.evidence
    if not _may_edit(owner_id, usage_key):
        return HttpResponse(_files_part(owner_id, usage_key, rules, editable=False, problem=_closed_text()), status=410)
    problem, status = "", 200
    try:
        change(owner_id)
    except evidence.UnknownFile as error:
        problem, status = error.message, 404
    except evidence.RuleBroken as error:
        problem, status = error.message, 422
    return HttpResponse(_files_part(owner_id, usage_key, rules, problem=problem), status=status)


def _writer(request: HttpRequest, usage_key: UsageKey) -> tuple[int, TaskVersionData]:
    """Return the learner and the task; 404 for everybody who does not learn in its course, and for other blocks."""
    owner_id = request.user.id
    if owner_id is None or not can_work(user_id=owner_id, course_key=usage_key.course_key):
        raise Http404
    try:
        return owner_id, api.current_task(usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error


def _may_edit(owner_id: int, usage_key: UsageKey) -> bool:
    return api.may_edit(user_id=owner_id, usage_key=usage_key)


def _closed() -> JsonResponse:
    return JsonResponse({"message": _closed_text()}, status=410)


def _closed_text() -> str:
    return _("This work is already handed in. Reload the page to see it.")


def _progress(upload: UploadData) -> dict[str, object]:
    return {"id": str(upload.id), "name": upload.name, "size": upload.size, "received": upload.received}


def _number(text: str | None) -> int:
    """Read a number of bytes; nonsense counts as 0 and is refused as such."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0


def _files_part(
    owner_id: int, usage_key: UsageKey, rules: EvidenceRules, *, editable: bool = True, problem: str = ""
) -> str:
    context = {
        "files": evidence.files_of(owner_id=owner_id, usage_key=usage_key),
        "usage_key": usage_key,
        "editable": editable,
        "rules": rules,
        "problem": problem,
    }
    return render_to_string("iciinsmes/evidence/files.html", context)

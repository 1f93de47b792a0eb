"""What the learner's page sends about files: uploads in chunks, descriptions, removals.

Uploads answer in JSON, with a ``message`` for the learner when something is refused; the two others answer with the
page part that lists the evidence of ``?question=``. See `evidence.web` for the statuses of refusals.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES
from iciinsmes.evidence.web import answering_errors, number_of_bytes, progress_of

from . import api
from .evidence_parts import closed, closed_text, list_part, question_in, writer


@require_POST
@answering_errors
def begin(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Announce a file (``name``, ``size``, ``sha256``, ``question``); answers where its bytes go, from which one on."""
    owner_id, version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    question = question_in(request.POST.get("question"), version.task)
    upload = evidence.begin_upload(
        owner_id=owner_id,
        subject=partial(api.draft_subject, user_id=owner_id, version=version, found=found),
        name=request.POST.get("name", ""),
        size=number_of_bytes(request.POST.get("size")),
        sha256=request.POST.get("sha256", ""),
        rules=version.task.evidence,
        question=question,
    )
    urls = {step: reverse(f"iciinsmes:work-upload-{step}", args=(usage_key, upload.id)) for step in _STEPS}
    urls["finish"] += "?" + urlencode({"question": question})
    return JsonResponse({**progress_of(upload), "urls": urls}, status=201)


@require_POST
@answering_errors
def chunk(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Take the bytes in the request's body; ``?offset=`` says where in the file they belong."""
    owner_id, _version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    content = request.read(CHUNK_BYTES + 1)
    upload = evidence.receive_chunk(
        upload_id=upload_id,
        owner_id=owner_id,
        offset=number_of_bytes(request.GET.get("offset")),
        content=content,
        subject=found.subject,
    )
    return JsonResponse(progress_of(upload))


@require_POST
@answering_errors
def finish(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Check what arrived and attach it; answers with the list of files as HTML."""
    owner_id, version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    rules = version.task.evidence
    file = evidence.finish_upload(upload_id=upload_id, owner_id=owner_id, rules=rules, subject=found.subject)
    html = list_part(found.subject, version, question_in(request.GET.get("question"), version.task))
    return JsonResponse({"id": str(file.id), "name": file.name, "html": html})


@require_POST
@answering_errors
def cancel(request: HttpRequest, usage_key: UsageKey, upload_id: UUID) -> HttpResponse:
    """Give up an upload; allowed whatever became of the work."""
    owner_id, _version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    evidence.cancel_upload(upload_id=upload_id, owner_id=owner_id, subject=found.subject)
    return JsonResponse({})


@require_POST
@answering_errors
def remove(request: HttpRequest, usage_key: UsageKey, evidence_id: UUID) -> HttpResponse:
    """Take a file out of the draft; answers with the list of files, also when it was gone already."""

    def change(owner_id: int, subject: UUID) -> None:
        evidence.remove(evidence_id=evidence_id, owner_id=owner_id, subject=subject)

    return _changed_part(request, usage_key, change)


@require_POST
@answering_errors
def describe(request: HttpRequest, usage_key: UsageKey, evidence_id: UUID) -> HttpResponse:
    """Say what a file shows (``description``); answers with the list of files."""

    def change(owner_id: int, subject: UUID) -> None:
        evidence.describe(
            evidence_id=evidence_id,
            owner_id=owner_id,
            description=request.POST.get("description", ""),
            subject=subject,
        )

    return _changed_part(request, usage_key, change)


_STEPS = ("chunk", "finish", "cancel")


def _changed_part(request: HttpRequest, usage_key: UsageKey, change: Callable[[int, UUID], None]) -> HttpResponse:
    """Make a change to the files and show them as they are afterwards, with the reason if it was refused."""
    owner_id, version = writer(request, usage_key)
    question = question_in(request.GET.get("question"), version.task)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return HttpResponse(
            list_part(found.subject, version, question, editable=False, problem=closed_text()), status=410
        )
    problem, status = "", 200
    try:
        change(owner_id, found.subject)
    except evidence.UnknownFile as error:
        problem, status = error.message, 404
    except evidence.RuleBroken as error:
        problem, status = error.message, 422
    return HttpResponse(list_part(found.subject, version, question, problem=problem), status=status)

"""What the learner's page sends about evidence that is no file: links, observation notes, pasted tables.

Answers are JSON with the list of evidence as ``html``; a wrong field is answered with 422 and ``problems``, a message
by field. See `evidence.web` for the other refusals.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import UsageKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.web import answering_errors
from iciinsmes.lib.templating import render

from . import api
from .evidence_parts import closed, list_part, question_in, writer


@require_POST
@answering_errors
def add(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Add what a form holds (``kind`` and its fields) to ``?question=``."""
    owner_id, version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    question = question_in(request.GET.get("question"), version.task)
    evidence.add_item(
        owner_id=owner_id,
        subject=partial(api.draft_subject, user_id=owner_id, version=version, found=found),
        kind=request.POST.get("kind", ""),
        fields=_fields(request),
        rules=version.task.evidence,
        question=question,
    )
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    return JsonResponse({"html": list_part(found.subject, version, question)}, status=201)


@require_POST
@answering_errors
def change(request: HttpRequest, usage_key: UsageKey, item_id: UUID) -> HttpResponse:
    """Change an item; ``revision`` says what the form started from."""
    owner_id, version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    revision = request.POST.get("revision", "")
    evidence.change_item(
        item_id=item_id,
        owner_id=owner_id,
        subject=found.subject,
        fields=_fields(request),
        base_revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0,
    )
    return JsonResponse(
        {"html": list_part(found.subject, version, question_in(request.GET.get("question"), version.task))}
    )


@require_GET
@answering_errors
def fields(request: HttpRequest, usage_key: UsageKey, item_id: UUID) -> HttpResponse:
    """Return what a form holds when this item is changed, and its revision."""
    owner_id, _version = writer(request, usage_key)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    item = evidence.item_of(item_id=item_id, owner_id=owner_id, subject=found.subject)
    return JsonResponse({"kind": item.kind, "revision": item.revision, "fields": evidence.fields_of(item)})


@require_POST
@answering_errors
def remove(request: HttpRequest, usage_key: UsageKey, item_id: UUID) -> HttpResponse:
    """Take an item out of the draft; answers with the list of evidence, also when it was gone already."""
    owner_id, version = writer(request, usage_key)
    question = question_in(request.GET.get("question"), version.task)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    if not found.editable:
        return closed()
    problem, status = "", 200
    try:
        evidence.remove_item(item_id=item_id, owner_id=owner_id, subject=found.subject)
    except evidence.UnknownFile as error:
        problem, status = error.message, 404
    return HttpResponse(list_part(found.subject, version, question, problem=problem), status=status)


@require_POST
@answering_errors
def preview(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Show a pasted table (``text``, ``header``) as it would be added; nothing is stored."""
    writer(request, usage_key)
    rows = evidence.rows_in(request.POST.get("text", ""))
    has_head = bool(request.POST.get("header"))
    context = {"head": rows[0] if has_head else [], "body": rows[1:] if has_head else rows, "columns": len(rows[0])}
    return render(request, "iciinsmes/evidence/table.html", context)


def _fields(request: HttpRequest) -> dict[str, str]:
    return {name: str(text) for name, text in request.POST.items()}

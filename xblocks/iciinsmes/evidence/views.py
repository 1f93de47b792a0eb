"""Serving evidence to those who may see the work it belongs to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.templating import render

from .errors import CannotRead, UnknownFile
from .models import EvidenceFile
from .permissions import may_open
from .reading.reader import can_read
from .serving import answer_with, page_answer, reading_of, stored_row


@require_safe
@login_required
def evidence_file(request: HttpRequest, evidence_id: UUID, name: str) -> HttpResponseBase:
    """Send a file: as an attachment, a picture also in place (``?view=1``) or as a small preview (``?size=small``).

    Who may not see it gets the same answer as for a file that does not exist.

    Args:
        request: from a signed-in person.
        evidence_id: which file.
        name: only for the reader's eyes; the true name is in the row.
    """
    try:
        row = _openable(request, evidence_id)
        small = request.GET.get("size") == "small"
        response = answer_with(row, in_place=request.GET.get("view") == "1", small=small)
    except UnknownFile as error:
        raise Http404 from error
    if not small:
        _record(request, row)
    return response


@require_safe
@login_required
@never_cache
def evidence_reading(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """Show what can be read of a file: asked for by htmx as a part of the page it stands on, else as one of its own."""
    try:
        row = _openable(request, evidence_id)
        context: dict[str, Any] = {"file": row, "is_part": "HX-Request" in request.headers}
        if not can_read(row.content_type):
            raise Http404
        try:
            context["reading"] = reading_of(row)
        except CannotRead as refused:
            context["problem"] = refused.message
    except UnknownFile as error:
        raise Http404 from error
    _record(request, row)
    name = "reading.html" if context["is_part"] else "reading_page.html"
    response = render(request, f"iciinsmes/evidence/{name}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@login_required
def evidence_page(request: HttpRequest, evidence_id: UUID, number: int) -> HttpResponseBase:
    """Send one page of a PDF as a picture; who looks at it is told to the trail by the reading that it stands in."""
    try:
        return page_answer(_openable(request, evidence_id), number)
    except UnknownFile as error:
        raise Http404 from error


def _openable(request: HttpRequest, evidence_id: UUID) -> EvidenceFile:
    """Return the row of a file that the person may open; who may not gets the same answer as where there is none."""
    row = stored_row(evidence_id)
    if not may_open(row, request.user.pk):
        raise UnknownFile
    return row


def _record(request: HttpRequest, row: EvidenceFile) -> None:
    """Tell the trail who saw somebody else's file; previews belong to the page of the work, which tells it itself."""
    if request.user.pk == row.owner_id:
        return
    audit_log.record(
        course_key=row.course_key,
        verb="file_opened",
        actor_id=request.user.pk,
        person_id=row.owner_id,
        subject=f"file:{row.pk}",
    )

"""Serving evidence to those who may see the work it belongs to."""

from __future__ import annotations

import logging
from typing import IO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from iciinsmes.trail import api as trail

from . import api
from .errors import ContentRefused, UnknownFile
from .kinds import SHOWN_TYPES
from .models import EvidenceFile
from .previews import open_preview
from .readers import may_open

_log = logging.getLogger(__name__)


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
    row = EvidenceFile.objects.filter(pk=evidence_id, state=EvidenceFile.State.STORED).first()
    if row is None or not may_open(row, request.user.pk):
        raise Http404
    if request.GET.get("size") == "small":
        return _protected(FileResponse(_preview(row), content_type="image/jpeg"))
    try:
        content = api.open_file(evidence_id=row.pk)
    except UnknownFile as error:
        raise Http404 from error
    if request.user.pk != row.owner_id and request.method == "GET":
        _record(request, row)
    in_place = request.GET.get("view") == "1" and row.content_type in SHOWN_TYPES
    response = FileResponse(content, as_attachment=not in_place, filename=row.name, content_type=row.content_type)
    response["Content-Length"] = str(row.size)
    return _protected(response)


def _record(request: HttpRequest, row: EvidenceFile) -> None:
    """Tell the trail who saw somebody else's file; previews belong to the page of the work, which tells it itself."""
    trail.record(
        course_key=row.course_key,
        verb="file_opened",
        actor_id=request.user.pk,
        person_id=row.owner_id,
        subject=f"file:{row.pk}",
    )


def _preview(row: EvidenceFile) -> File[bytes] | IO[bytes]:
    try:
        preview = open_preview(file_id=row.pk, storage_name=row.storage_name, content_type=row.content_type)
    except (FileNotFoundError, ContentRefused) as error:
        _log.exception("No preview of evidence %s", row.pk)
        raise Http404 from error
    if preview is None:
        raise Http404
    return preview


def _protected(response: FileResponse) -> FileResponse:
    """Keep what a stranger made from running, from being taken for something else, and out of shared caches."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response

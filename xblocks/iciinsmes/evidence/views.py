"""Serving evidence to those who may see the work it belongs to."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from iciinsmes.audit_log import api as audit_log

from .errors import UnknownFile
from .models import EvidenceFile
from .permissions import may_open
from .serving import answer_with, stored_row


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
        row = stored_row(evidence_id)
        if not may_open(row, request.user.pk):
            raise Http404
        small = request.GET.get("size") == "small"
        response = answer_with(row, in_place=request.GET.get("view") == "1", small=small)
    except UnknownFile as error:
        raise Http404 from error
    if request.user.pk != row.owner_id and not small:
        _record(request, row)
    return response


def _record(request: HttpRequest, row: EvidenceFile) -> None:
    """Tell the trail who saw somebody else's file; previews belong to the page of the work, which tells it itself."""
    audit_log.record(
        course_key=row.course_key,
        verb="file_opened",
        actor_id=request.user.pk,
        person_id=row.owner_id,
        subject=f"file:{row.pk}",
    )

"""Files as answers to browsers: as attachments, pictures also in place or small."""

from __future__ import annotations

import logging
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.http import FileResponse, HttpResponse, HttpResponseBase

from iciinsmes.lib.caching import PRIVATE
from iciinsmes.lib.turns import Busy

from .errors import ContentRefused, UnknownFile
from .kinds import SHOWN_TYPES
from .models import EvidenceFile
from .previews import open_preview
from .private_storage import storage

_log = logging.getLogger(__name__)


def stored_row(evidence_id: UUID) -> EvidenceFile:
    """Return the row of a stored file.

    Raises:
        UnknownFile: there is none.
    """
    row = EvidenceFile.objects.filter(pk=evidence_id, state=EvidenceFile.State.STORED).first()
    if row is None:
        raise UnknownFile
    return row


def open_row(row: EvidenceFile) -> File[bytes] | IO[bytes]:
    """Open the object of a stored file.

    Raises:
        UnknownFile: the object is gone.
    """
    try:
        return storage().open(row.storage_name)
    except FileNotFoundError as error:
        _log.exception("The object %s of evidence %s is gone", row.storage_name, row.pk)
        raise UnknownFile from error


def answer_with(row: EvidenceFile, *, in_place: bool, small: bool) -> HttpResponseBase:
    """Return a stored file as the answer to somebody who may see it.

    Args:
        row: which file.
        in_place: show it instead of saving it, if it is a picture.
        small: a small preview of a picture instead.

    Raises:
        UnknownFile: the object is gone, or there is no preview of it.
    """
    if small:
        try:
            return _protected(FileResponse(_preview(row), content_type="image/jpeg"))
        except Busy:
            return HttpResponse(status=503, headers={"Retry-After": "5"})
    as_attachment = not (in_place and row.content_type in SHOWN_TYPES)
    response = FileResponse(
        open_row(row), as_attachment=as_attachment, filename=row.name, content_type=row.content_type
    )
    response["Content-Length"] = str(row.size)
    return _protected(response)


def _preview(row: EvidenceFile) -> File[bytes]:
    try:
        preview = open_preview(file_id=row.pk, storage_name=row.storage_name, content_type=row.content_type)
    except (FileNotFoundError, ContentRefused) as error:
        _log.exception("No preview of evidence %s", row.pk)
        raise UnknownFile from error
    if preview is None:
        raise UnknownFile
    return preview


def _protected(response: FileResponse) -> FileResponse:
    """Keep what a stranger made from running, from being taken for something else, and out of caches."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = PRIVATE
    return response

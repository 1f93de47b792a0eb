"""Files as answers to browsers: as attachments, pictures also in place or small."""

from __future__ import annotations

import logging
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from iciinsmes.lib.caching import PRIVATE
from iciinsmes.lib.turns import Busy

from .errors import CannotRead, ContentRefused, UnknownFile
from .kinds import HIDDEN_PHOTO, SHOWN_TYPES
from .models import EvidenceFile
from .previews import open_preview
from .private_storage import storage
from .reading.drawing import page_picture, photo_picture
from .reading.installed import can_draw_photos
from .reading.parts import Reading
from .reading.reader import read

_log = logging.getLogger(__name__)

#: Pixels of the longer side of a photo that is shown large.
_LARGE_SIDE = 2400


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
    try:
        if small:
            return _picture(_preview(row), "image/jpeg")
        if in_place and (made := _large(row)):
            return _picture(made, "image/jpeg")
    except Busy:
        return _later()
    as_attachment = not (in_place and row.content_type in SHOWN_TYPES)
    response = FileResponse(
        open_row(row), as_attachment=as_attachment, filename=row.name, content_type=row.content_type
    )
    response["Content-Length"] = str(row.size)
    return _protected(response)


def page_answer(row: EvidenceFile, number: int) -> HttpResponseBase:
    """Return one page of a PDF as a picture; ``number`` counts from 1.

    Raises:
        UnknownFile: the object is gone, it is no PDF, or there is no such page.
    """
    if row.content_type != "application/pdf":
        raise UnknownFile
    try:
        with open_row(row) as source:
            return _picture(page_picture(source, number), "image/webp")
    except CannotRead as error:
        raise UnknownFile from error
    except Busy:
        return _later()


def reading_of(row: EvidenceFile) -> Reading:
    """Return what can be read of a stored file in place.

    Raises:
        UnknownFile: the object is gone.
        CannotRead: it cannot be shown; its message says why.
    """
    with open_row(row) as source:
        try:
            return read(source, row.content_type)
        except Busy as error:
            raise CannotRead(_("Many files are being looked at just now. Try again in a moment.")) from error


def _picture(content: bytes | File[bytes], content_type: str) -> FileResponse:
    source = ContentFile(content) if isinstance(content, bytes) else content
    return _protected(FileResponse(source, content_type=content_type))


def _later() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": "5"})


def _large(row: EvidenceFile) -> bytes:
    """Return a photo of a phone as every browser shows it; nothing for other files, and where it cannot be done."""
    if row.content_type != HIDDEN_PHOTO or not can_draw_photos():
        return b""
    try:
        with open_row(row) as source:
            return photo_picture(source, _LARGE_SIDE)
    except CannotRead:
        return b""


def _preview(row: EvidenceFile) -> File[bytes]:
    try:
        preview = open_preview(file_id=row.pk, storage_name=row.storage_name, content_type=row.content_type)
    except (FileNotFoundError, ContentRefused, CannotRead) as error:
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

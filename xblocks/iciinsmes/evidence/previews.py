"""Small pictures of stored images, made when they are first asked for."""

from __future__ import annotations

from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile, File

from . import images, object_storage
from .kinds import HIDDEN_PHOTO, can_show
from .private_storage import storage
from .reading.drawing import photo_picture

#: The last two bytes of every JPEG.
_END = b"\xff\xd9"


def open_preview(*, file_id: UUID, storage_name: str, content_type: str) -> File[bytes] | None:
    """Return a small JPEG of a stored file, or None if there can be none.

    Args:
        file_id: the file.
        storage_name: its object.
        content_type: its media type.

    Raises:
        FileNotFoundError: the object is gone.
        ContentRefused: the picture cannot be decoded.
        CannotRead: a photo of a phone cannot be.
    """
    if not can_show(content_type):
        return None
    name = object_storage.preview_name(file_id)
    picture = _made_before(name)
    # One without its end is still being written, or its writing was cut off: then it is made again.
    if not picture.endswith(_END):
        with storage().open(storage_name) as source:
            picture = _small(source, content_type)
        object_storage.put(name, picture)
    return ContentFile(picture)


def _small(source: File[bytes] | IO[bytes], content_type: str) -> bytes:
    if content_type == HIDDEN_PHOTO:
        return photo_picture(source, images.PREVIEW_SIDE)
    return images.preview(source, content_type)


def _made_before(name: str) -> bytes:
    try:
        with storage().open(name) as preview:
            return bytes(preview.read())
    except FileNotFoundError:
        return b""

"""Small pictures of stored images, made when they are first asked for."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import ContentFile, File

from . import images, object_storage
from .kinds import SHOWN_TYPES
from .private_storage import storage

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
    """
    if content_type not in SHOWN_TYPES:
        return None
    name = object_storage.preview_name(file_id)
    picture = _made_before(name)
    # One without its end is still being written, or its writing was cut off: then it is made again.
    if not picture.endswith(_END):
        with storage().open(storage_name) as source:
            picture = images.preview(source, content_type)
        object_storage.put(name, picture)
    return ContentFile(picture)


def _made_before(name: str) -> bytes:
    try:
        with storage().open(name) as preview:
            return bytes(preview.read())
    except FileNotFoundError:
        return b""

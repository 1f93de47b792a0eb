"""Pieces of an upload: each is an object of its own, because not every storage can append to one."""

from __future__ import annotations

import hashlib
from typing import IO
from uuid import UUID

from . import object_storage
from .private_storage import storage


def name(upload_id: UUID, offset: int) -> str:
    """Return the object name of the piece that starts at ``offset``."""
    return f"{object_storage.UPLOADS}/{upload_id}-{offset:012d}"


def save(upload_id: UUID, offset: int, content: bytes) -> None:
    """Store a piece."""
    object_storage.put(name(upload_id, offset), content)


def assemble(upload_id: UUID, size: int, target: IO[bytes]) -> tuple[int, str]:
    """Write the pieces one after the other into ``target``.

    Args:
        upload_id: whose pieces.
        size: how many bytes there should be.
        target: an empty file.

    Returns:
        Number and SHA-256 of the bytes written. With fewer than ``size``, the piece at that position is missing.
    """
    digest = hashlib.sha256()
    offset = 0
    while offset < size:
        try:
            piece = storage().open(name(upload_id, offset))
        except FileNotFoundError:
            break
        start = offset
        with piece:
            for block in object_storage.blocks(piece):
                digest.update(block)
                offset += target.write(block)
        if offset == start:
            break
    target.flush()
    return offset, digest.hexdigest()


def discard(upload_id: UUID, size: int) -> None:
    """Remove the pieces of an upload; what a crash leaves here is found by `repair`."""
    offset = 0
    while offset < size:
        piece = name(upload_id, offset)
        try:
            length = storage().size(piece)
        except FileNotFoundError:
            return
        object_storage.delete(piece)
        offset += max(length, 1)

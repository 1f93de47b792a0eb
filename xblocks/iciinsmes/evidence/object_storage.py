"""Where the bytes are: names and objects in the private storage, whichever backend is behind it.

Names are made of a row's id and nothing else, so every object leads back to its row:
``files/<2 hex>/<id>-<token>``, ``uploads/<id>-<offset>``, ``previews/<2 hex>/<id>.jpg``.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from .private_storage import storage

FILES = "files"
UPLOADS = "uploads"
PREVIEWS = "previews"
BLOCK = 256 * 1024

_TRIES = 5


@dataclass(frozen=True)
class Stored:
    """An object, with what was read back from it."""

    name: str
    size: int
    sha256: str


def blocks(source: IO[bytes] | File[bytes]) -> Iterator[bytes]:
    """Read a file from where it stands to its end in small pieces."""
    while block := source.read(BLOCK):
        yield block


def keep(file_id: UUID, source: IO[bytes]) -> Stored:
    """Store a file and read it back.

    The token keeps two requests that finish the same upload from writing to the same object.

    Returns:
        The object's name, and the size and SHA-256 of what is really stored there.
    """
    source.seek(0)
    name = storage().save(f"{FILES}/{file_id.hex[:2]}/{file_id}-{secrets.token_hex(4)}", File(source))
    with storage().open(name) as stored:
        size, sha256 = measure(stored)
    return Stored(name=name, size=size, sha256=sha256)


def measure(source: IO[bytes] | File[bytes]) -> tuple[int, str]:
    """Return size and SHA-256 of a file."""
    source.seek(0)
    digest = hashlib.sha256()
    size = 0
    for block in blocks(source):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def put(name: str, content: bytes) -> None:
    """Write a small object under exactly this name, in place of what an earlier attempt may have left there.

    Raises:
        OSError: other requests wrote it over again and again.
    """
    for _try in range(_TRIES):
        try:
            saved = storage().save(name, ContentFile(content))
        except FileNotFoundError:
            # Another request took our half-written object for the remains of a crash.
            continue
        if saved == name:
            return
        storage().delete(saved)
        if _holds(name, content):
            return
        storage().delete(name)
    raise OSError(f"{name} could not be written")


def _holds(name: str, content: bytes) -> bool:
    try:
        with storage().open(name) as there:
            return bool(there.read(len(content) + 1) == content)
    except FileNotFoundError:
        return False


def delete(name: str) -> None:
    """Remove an object; one that is not there is no error."""
    if name:
        storage().delete(name)


def delete_file(file_id: UUID, name: str) -> None:
    """Remove a stored file and its preview."""
    delete(name)
    delete(preview_name(file_id))


def preview_name(file_id: UUID) -> str:
    """Return the name of a file's small picture."""
    return f"{PREVIEWS}/{file_id.hex[:2]}/{file_id}.jpg"


def objects(folder: str) -> Iterator[str]:
    """Return the names of all objects below a folder."""
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        yield f"{folder}/{file}"
    for child in folders:
        yield from objects(f"{folder}/{child}")


def id_in(name: str) -> UUID | None:
    """Return the id of the row that an object belongs to, or None for a name this room did not give."""
    try:
        return UUID(name.rpartition("/")[2][:36])
    except ValueError:
        return None


def written_before(name: str, moment: datetime) -> bool:
    """Tell whether an object is older than ``moment``; one that vanished meanwhile is not."""
    try:
        written: Any = storage().get_modified_time(name)
    except Exception:
        # Object stores say it with errors of their own.
        if storage().exists(name):
            raise
        return False
    if timezone.is_naive(written):
        written = timezone.make_aware(written)
    return bool(written < moment)


def after_commit(tidy: Callable[..., Any], *arguments: Any) -> None:
    """Call a function when the transaction is committed; what it fails at is logged, and `repair` finds it later.

    A function of its own goes to Django, which looks for its name when it logs a failure: a partial has none.
    """
    transaction.on_commit(lambda: tidy(*arguments), robust=True)

"""Objects of other rooms in the private storage, under names of their own beside the files of learners.

Whoever puts one there keeps its name, asks who may have it, and drops it.
"""

from __future__ import annotations

from typing import IO

from django.core.files.base import File

from .errors import UnknownFile
from .private_storage import storage

_FOLDER = "asides"


def put_aside(*, name: str, source: IO[bytes]) -> None:
    """Store a file from its beginning, in place of what an earlier attempt may have left under this name.

    Args:
        name: of letters, digits and dashes, unique; what it is about is part of it.
        source: an open file, sent block by block.

    Raises:
        OSError: somebody else stores one under this name in the same moment.
    """
    source.seek(0)
    drop_aside(name=name)
    saved = storage().save(f"{_FOLDER}/{name}", File(source))
    if saved != f"{_FOLDER}/{name}":
        storage().delete(saved)
        raise OSError(f"{name} is being stored by somebody else")


def open_aside(*, name: str) -> File[bytes] | IO[bytes]:
    """Open what `put_aside` has stored; the caller closes it.

    Raises:
        UnknownFile: there is none.
    """
    try:
        return storage().open(f"{_FOLDER}/{name}")
    except FileNotFoundError as error:
        raise UnknownFile from error


def drop_aside(*, name: str) -> None:
    """Remove it; one that is not there is no error."""
    storage().delete(f"{_FOLDER}/{name}")

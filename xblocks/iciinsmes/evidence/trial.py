"""A look at the private storage from both sides: does it keep what is written, and does it show that to strangers?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from .private_storage import check_storage, storage

_SECONDS = 10


def try_storage() -> Sequence[str]:
    """Write, read and remove a small object, and ask for it once without any right to it.

    Returns:
        What is wrong, one sentence each; nothing where all is well.
    """
    wrong = [str(message.msg) for message in check_storage() if message.is_serious()]
    try:
        wrong += _try(f"trials/{secrets.token_hex(8)}", secrets.token_bytes(1000))
    except Exception as error:  # noqa: BLE001 - every backend has errors of its own, and each of them is the answer
        wrong.append(f"The storage cannot be used: {type(error).__name__}: {error}")
    return wrong


def _try(name: str, content: bytes) -> Sequence[str]:
    wrong = []
    name = storage().save(name, ContentFile(content))
    try:
        with storage().open(name) as there:
            if there.read() != content:
                wrong.append("The storage gives back something else than was written.")
        # The address of a file in a folder says nothing; where such a folder lies is for the check to say.
        if not isinstance(storage(), FileSystemStorage) and _is_public(storage().url(name), content):
            wrong.append("The storage gives files to anybody who knows their address. Make the bucket private.")
    finally:
        storage().delete(name)
    return wrong


def _is_public(address: str, content: bytes) -> bool:
    """Tell whether the content is there for who leaves the signature out of its address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return False
    try:
        with urlopen(urlunsplit((*parts[:3], "", "")), timeout=_SECONDS) as answer:  # noqa: S310 - http, see above
            return bool(answer.read(len(content) + 1) == content)
    except (URLError, OSError):
        return False

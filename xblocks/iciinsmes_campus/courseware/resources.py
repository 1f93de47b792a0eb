"""Files that an XBlock's package brings for the browser: their addresses and their content."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from functools import lru_cache
from typing import Any

from django.urls import reverse
from xblock.exceptions import DisallowedFileError

from .errors import UnknownKind
from .kinds import load_kind

_IMPORT_ELSEWHERE = re.compile(r"""@import\s+(?:url\()?\s*["']?(?:https?:)?//[^;]*;""", re.IGNORECASE)


def styles_without_imports(css: str) -> str:
    """Return a style sheet without those it loads from other hosts: packages ask for fonts there."""
    return _IMPORT_ELSEWHERE.sub("", css)


def resource_address(block_type: str, block_class: Any, uri: str) -> str:
    """Return the address of a package's file; it changes with the content, so browsers may keep it for ever.

    Args:
        block_type: the tag.
        block_class: the class that answers to it.
        uri: the file, in the package's ``public`` folder.

    Raises:
        DisallowedFileError: for a file outside of that folder.
        OSError: if there is no such file.
    """
    name = _public(uri)
    version = hashlib.sha256(read_resource(block_class, name)).hexdigest()[:12]
    return f"{reverse('courseware:resource', args=[block_type, name])}?v={version}"


def find_resource(block_type: str, uri: str) -> tuple[bytes, str]:
    """Return content and MIME type of a file of the package that answers to the tag.

    Raises:
        FileNotFoundError: if there is no such tag or file, or it is not public.
    """
    try:
        content = read_resource(load_kind(block_type), uri)
    except (UnknownKind, DisallowedFileError, OSError, ValueError) as error:
        raise FileNotFoundError(uri) from error
    return content, mimetypes.guess_type(uri)[0] or "application/octet-stream"


@lru_cache(maxsize=256)
def read_resource(block_class: Any, uri: str) -> bytes:
    """Return the content of a public file; the class decides what is public."""
    # Only the class as its package wrote it lies beside the package's files.
    with getattr(block_class, "unmixed_class", block_class).open_local_resource(uri) as file:
        content = bytes(file.read())
    if uri.endswith(".css"):
        return styles_without_imports(content.decode("utf-8", errors="replace")).encode()
    return content


def _public(uri: str) -> str:
    # With asset pipelines, packages name their files with a prefix that only the platform's pipeline knows.
    head, found, tail = uri.lstrip("/").partition("public/")
    return found + tail if found and (not head or head.endswith("/")) else uri

"""File names as people see them; no name from outside ever reaches the storage."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 200

# Controls, surrogates, and the marks that reorder text: with one of them "invoicefdp.exe" reads "invoiceexe.pdf".
# The two joiners (200C, 200D) stay: several scripts need them.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Characters that mean something in a path or that Windows refuses.
_RESERVED = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")
_MAX_EXTENSION = 10


def clean_text(text: str) -> str:
    """Return the text on one line, without control characters and invisible marks."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\n", " "))).strip()


def clean_name(name: str) -> str:
    """Return the name without path, control characters and tricks, at most `MAX_NAME` characters.

    Letters of every script stay. The extension survives shortening. A name of which nothing is left becomes ``file``.
    """
    last = re.split(r"[/\\]", clean_text(name))[-1]
    last = _SPACES.sub(" ", _RESERVED.sub("_", last)).strip(" .")
    if not last:
        return "file"
    if len(last) <= MAX_NAME:
        return last
    suffix = PurePosixPath(last).suffix
    if len(suffix) > _MAX_EXTENSION:
        suffix = ""
    return last[: MAX_NAME - len(suffix)].rstrip(" .") + suffix


def extension(name: str) -> str:
    """Return the lower-case extension without its dot, or an empty string.

    What has no letter is none: a name may end in a time or a number, as "Image at 10.34.22" does.
    """
    suffix = PurePosixPath(name).suffix[1:].lower()
    return suffix if re.search(r"[a-z]", suffix) else ""


def with_extension(name: str, wanted: str) -> str:
    """Return the name with another extension, or with one if it has none."""
    stem = PurePosixPath(name).stem if extension(name) else name
    return clean_name(f"{stem[: MAX_NAME - _MAX_EXTENSION]}.{wanted}")

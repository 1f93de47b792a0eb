"""Documents: is the structure what the name promises, without unpacking anything."""

from __future__ import annotations

import codecs
import re
import zipfile
from mmap import mmap
from typing import IO

from django.utils.translation import gettext as _

from .errors import ContentRefused

Data = bytes | mmap

_OOXML = "application/vnd.openxmlformats-officedocument"
_OOXML_PARTS = {
    "word/document.xml": f"{_OOXML}.wordprocessingml.document",
    "ppt/presentation.xml": f"{_OOXML}.presentationml.presentation",
    "xl/workbook.xml": f"{_OOXML}.spreadsheetml.sheet",
}
_ODF_TYPES = frozenset(f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "presentation", "spreadsheet"))

_MAX_ENTRIES = 10_000
_MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
_MAX_UNPACKED_BYTES = 400 * 1024 * 1024
_MAX_RATIO = 200
#: Below this size a high ratio is no danger: an empty sheet packs very well.
_RATIO_FREE_BYTES = 20 * 1024 * 1024
_ZIP_END_BYTES = 22
_TAIL = 4096
_BLOCK = 256 * 1024
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# All control characters but tab, line feed, form feed, carriage return.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"[\s\ufeff]*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|!--)", re.IGNORECASE)


def check_pdf(data: Data) -> None:
    """Refuse a PDF file that is not complete.

    Raises:
        ContentRefused: its end is missing.
    """
    if data.find(b"%%EOF", max(0, len(data) - _TAIL)) < 0:
        raise ContentRefused(_("This PDF file is not complete. Open it on your device and save it again."))


def office_type(raw: IO[bytes], data: Data) -> str:
    """Return the media type of an office document in a zip container; empty for any other zip file.

    Only the list of contents is read.

    Raises:
        ContentRefused: it would unpack to far too much, contains macros, or is damaged.
    """
    entries = _entries(raw, data)
    names = {entry.filename for entry in entries}
    found = next((media for part, media in _OOXML_PARTS.items() if part in names), "")
    if found and "[Content_Types].xml" not in names:
        return ""
    if not found:
        found = _odf_type(data)
        if found and "content.xml" not in names:
            return ""
    if found and any(_is_macro(name) for name in names):
        raise ContentRefused(_("This document contains macros. Save it without macros and add it again."))
    return found


def text_is_clean(raw: IO[bytes]) -> bool:
    """Tell whether all of the file is text (UTF-8, UTF-16 with its mark, a Windows code page) and no markup."""
    raw.seek(0)
    head = raw.read(_BLOCK)
    if looks_like_markup(head):
        return False
    if head.startswith(_UTF_16_MARKS):
        return _decodes(raw, "utf-16")
    return _decodes(raw, "utf-8") or _decodes(raw, "latin-1")


def looks_like_markup(head: bytes) -> bool:
    """Tell whether a file starts like a web page or XML."""
    encoding = "utf-16" if head.startswith(_UTF_16_MARKS) else "utf-8"
    return _MARKUP.match(head[:_TAIL].decode(encoding, "replace")) is not None


def _decodes(raw: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    raw.seek(0)
    try:
        while block := raw.read(_BLOCK):
            if _CONTROLS.search(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _entries(raw: IO[bytes], data: Data) -> list[zipfile.ZipInfo]:
    """Return the list of contents after its own size has been checked, because reading it costs memory too."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + _ZIP_END_BYTES > len(data):
        raise ContentRefused(_damaged())
    count = int.from_bytes(data[end + 10 : end + 12], "little")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if count > _MAX_ENTRIES or size > _MAX_DIRECTORY_BYTES:
        raise ContentRefused(_bomb())
    try:
        with zipfile.ZipFile(raw) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ContentRefused(_damaged()) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # More packed bytes than the file has: entries overlap, a known way to hide a bomb.
    if len(entries) > _MAX_ENTRIES or unpacked > _MAX_UNPACKED_BYTES or packed > len(data):
        raise ContentRefused(_bomb())
    if unpacked > _RATIO_FREE_BYTES and unpacked > _MAX_RATIO * max(packed, 1):
        raise ContentRefused(_bomb())
    return entries


def _odf_type(data: Data) -> str:
    """Return the type in the first entry, which the format wants to be stored unpacked."""
    if data[30:38] != b"mimetype":
        return ""
    extra = int.from_bytes(data[28:30], "little")
    size = int.from_bytes(data[22:26], "little")
    found = data[38 + extra : 38 + extra + min(size, 100)].decode("ascii", "replace")
    return found if found in _ODF_TYPES else ""


def _is_macro(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith(("basic/", "scripts/"))


def _damaged() -> str:
    return _("This document is damaged. Open it on your device and save it again.")


def _bomb() -> str:
    return _("This document would unpack to far more than it should. It cannot be added.")

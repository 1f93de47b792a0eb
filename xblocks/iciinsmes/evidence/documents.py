"""Documents: is the structure what the name promises, without unpacking anything."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
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

#: How the old containers of Office begin, and the ones in which it puts a new document that has a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_STREAMS = ("EncryptedPackage", "EncryptionInfo")

#: In the flags of a part: encrypted (1), by a stronger method (64), its list of contents too (8192).
_LOCKED = 0x1 | 0x40 | 0x2000
_MANIFEST = "META-INF/manifest.xml"
#: Newer programs encrypt the whole document as one part.
_WHOLE_PACKAGE = "encrypted-package"
_ENCRYPTION = re.compile(rb"<(?:[\w.-]{1,50}:)?encryption-data[\s/>]")
_MAX_MANIFEST_BYTES = 4 * 1024 * 1024

_MAX_ENTRIES = 10_000
_MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
_MAX_UNPACKED_BYTES = 400 * 1024 * 1024
_MAX_RATIO = 200
#: Below this size a high ratio is no danger: an empty sheet packs very well.
_RATIO_FREE_BYTES = 20 * 1024 * 1024
_ZIP_END_BYTES = 22
_HEAD = 4096
_BLOCK = 256 * 1024
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# All control characters but tab, line feed, form feed, carriage return.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"[\s\ufeff]*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|!--)", re.IGNORECASE)


def office_type(raw: IO[bytes], data: Data) -> str:
    """Return the media type of an office document in a zip container; empty for any other zip file.

    Only the list of contents is read, and of an OpenDocument its list of parts.

    Raises:
        ContentRefused: it would unpack to far too much, contains macros, has a password, or is damaged.
    """
    entries = _entries(raw, data)
    names = {entry.filename for entry in entries}
    if any(_is_locked(entry, data) for entry in entries):
        raise ContentRefused(password_message())
    found = next((media for part, media in _OOXML_PARTS.items() if part in names), "")
    if found and "[Content_Types].xml" not in names:
        return ""
    if not found:
        found = _odf_type(data)
        if found and _is_locked_odf(raw, names):
            raise ContentRefused(password_message())
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
    return _MARKUP.match(head[:_HEAD].decode(encoding, "replace")) is not None


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


def _is_locked(entry: zipfile.ZipInfo, data: Data) -> bool:
    """Tell whether a part is encrypted, by the list of contents or by its own beginning."""
    flags = entry.flag_bits | int.from_bytes(data[entry.header_offset + 6 : entry.header_offset + 8], "little")
    return bool(flags & _LOCKED) and not entry.is_dir()


def _is_locked_odf(raw: IO[bytes], names: set[str]) -> bool:
    """Tell whether parts of an OpenDocument need a password: its list of parts says how they are encrypted."""
    if _WHOLE_PACKAGE in names:
        return True
    if _MANIFEST not in names:
        return False
    try:
        with zipfile.ZipFile(raw) as archive, archive.open(_MANIFEST) as manifest:
            # Without the zeros, UTF-16 reads like UTF-8.
            written = manifest.read(_MAX_MANIFEST_BYTES).replace(b"\0", b"")
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ContentRefused(_damaged()) from error
    return _ENCRYPTION.search(written) is not None


def _is_macro(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith(("basic/", "scripts/"))


def password_message() -> str:
    """Return the text for a document that nobody can open."""
    return _("This document has a password. Save it without a password and add it again.")


def is_locked_office(data: Data) -> bool:
    """Tell whether a file is the container in which Office puts a document with a password."""
    return data[:8] == OLD_OFFICE and any(data.find(name.encode("utf-16-le")) >= 0 for name in _LOCKED_STREAMS)


def _damaged() -> str:
    return _("This document is damaged. Open it on your device and save it again.")


def _bomb() -> str:
    return _("This document would unpack to far more than it should. It cannot be added.")

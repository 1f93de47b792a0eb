"""PDF files: where one starts and ends, and whether it opens without a password."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from mmap import mmap

from django.utils.translation import gettext as _

from . import pdf_locks
from .errors import ContentRefused
from .pdf_values import NoValue, Reference, Value, read_value

Data = bytes | mmap

#: Readers look for the beginning in so many bytes: mailers and scanners put something before it.
_START_WITHIN = 1024
_NOT_BEFORE = (b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04")
_OBJECT_AFTER_END = re.compile(rb"\d[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj\b")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_START_OF_TABLE = re.compile(rb"startxref\s+(\d{1,12})")
_PLACE_OF_TRAILER = re.compile(rb"trailer|/Type\s*/XRef\b")
#: More than any dictionary has that is looked at here.
_WINDOW = 64 * 1024
#: How many places of the same thing are tried.
_TRIED = 10
#: What a lock says that is asked here.
_LOCK_KEYS = ("Filter", "R", "O", "U", "P", "Length", "EncryptMetadata")


def start(data: Data) -> int:
    """Return where the file says that it is PDF; -1 if it does not, or is something else first."""
    found = data[: _START_WITHIN + 5].find(b"%PDF-")
    return -1 if found > 0 and data[:4].startswith(_NOT_BEFORE) else found


def check(data: Data) -> None:
    """Refuse a PDF file that is not complete, or that nobody can open without its password.

    Bytes after its end are no harm; an object there is the beginning of something that is cut off.

    Raises:
        ContentRefused: its end is missing, or it has a password.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or _OBJECT_AFTER_END.search(data, end):
        raise ContentRefused(_("This PDF file is not complete. Open it on your device and save it again."))
    trailer = next(_trailers(data), {})
    lock = _resolved(data, trailer.get("Encrypt"))
    if isinstance(lock, dict) and not pdf_locks.opens_without_password(_whole(data, lock), _first_id(data, trailer)):
        raise ContentRefused(_("This PDF file has a password. Save it without a password and add it again."))


def _trailers(data: Data) -> Iterator[dict[str, Value]]:
    """Return dictionaries that may speak for the whole file: first where the file points to."""
    pointer = _START_OF_TABLE.match(data, max(0, data.rfind(b"startxref")))
    if pointer:
        # Positions count from the beginning that the file says, or from the bytes before it.
        for position in dict.fromkeys((int(pointer[1]) + start(data), int(pointer[1]))):
            yield from _trailer_at(data, position)
    for found in _last(_PLACE_OF_TRAILER, data):
        if found[0] == b"trailer":
            yield from _dictionary(data, found.end(), "Root")
            continue
        window = max(0, found.start() - _WINDOW)
        for head in _last(_OBJECT, data[window : found.start()])[:1]:
            yield from _dictionary(data, window + head.end(), "Root")


def _last(wanted: re.Pattern[bytes], data: Data) -> list[re.Match[bytes]]:
    """Return the last places that a file has of something, the very last first; a file may have millions."""
    return list(reversed(deque(wanted.finditer(data), maxlen=_TRIED)))


def _trailer_at(data: Data, position: int) -> Iterator[dict[str, Value]]:
    if data[position : position + _START_WITHIN].lstrip(b"\0\t\n\f\r ").startswith(b"xref"):
        found = data.find(b"trailer", position)
        if found >= 0:
            yield from _dictionary(data, found + 7, "Root")
        return
    start_of_object = _OBJECT.match(data, position)
    if start_of_object:
        yield from _dictionary(data, start_of_object.end(), "Root")


def _dictionary(data: Data, position: int, key: str) -> Iterator[dict[str, Value]]:
    """Return the dictionary at a position if there is one that has the key."""
    try:
        found = read_value(data[position : position + _WINDOW])
    except NoValue:
        return
    if isinstance(found, dict) and key in found:
        yield found


def _resolved(data: Data, value: Value) -> Value:
    """Return a value, from another place of the file where it refers to one: the newest object of that number."""
    if not isinstance(value, Reference):
        return value
    name = re.compile(rb"(?<![0-9])0*%d\s+0*%d\s+obj\b" % (value.number, value.generation))
    for place in _last(name, data):
        try:
            return read_value(data[place.end() : place.end() + _WINDOW])
        except NoValue:
            continue
    return None


def _whole(data: Data, lock: dict[str, Value]) -> dict[str, Value]:
    return {key: _resolved(data, lock.get(key)) for key in _LOCK_KEYS}


def _first_id(data: Data, trailer: dict[str, Value]) -> bytes:
    pair = _resolved(data, trailer.get("ID"))
    first = _resolved(data, pair[0]) if isinstance(pair, list) and pair else b""
    return first if isinstance(first, bytes) else b""

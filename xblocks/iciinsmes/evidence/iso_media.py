"""ISO media files (phone photos in HEIC, sound in M4A): nested boxes, and blanking what they say about a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import IO

Data = bytes | mmap

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_KNOWN_AT_TOP = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"wide"})
# Phones write what they record in the browser as fragments, each with its own list of samples.
_FRAGMENTS = frozenset({b"styp", b"sidx", b"moof", b"mfra"})
_TEXT_ITEMS = frozenset({b"Exif", b"mime", b"uri "})
_MAX_BOXES = 10_000
_BLOCK = 1 << 20


class MalformedBoxes(Exception):
    """The boxes do not fit into each other."""


@dataclass(frozen=True)
class Box:
    """A box: its type, where it starts, and where its content lies."""

    type: bytes
    start: int
    content: int
    end: int


def is_iso_media(data: Data) -> bool:
    """Tell whether the file starts like ISO media."""
    return data[4:8] == b"ftyp"


def is_heic(data: Data) -> bool:
    """Tell whether the file calls itself a HEIC picture."""
    size = min(max(int.from_bytes(data[:4], "big"), 16), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    return bool(brands & _HEIC_BRANDS) and not brands & _AVIF_BRANDS


def read(data: Data, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Return the boxes between two positions, in order.

    Raises:
        MalformedBoxes: one reaches beyond the end, or there are too many.
    """
    end = len(data) if end is None else end
    count = 0
    while start < end:
        count += 1
        if start + 8 > end or count > _MAX_BOXES:
            raise MalformedBoxes
        size, content = int.from_bytes(data[start : start + 4], "big"), start + 8
        if size == 1:
            size, content = int.from_bytes(data[start + 8 : start + 16], "big"), start + 16
        elif size == 0:
            size = end - start
        if start + size > end or start + size < content:
            raise MalformedBoxes
        yield Box(type=data[start + 4 : start + 8], start=start, content=content, end=start + size)
        start += size


def copy_heic(data: Data, target: IO[bytes]) -> None:
    """Copy a HEIC picture without Exif, XMP and boxes of the maker; the turn of the picture is not part of those.

    Raises:
        MalformedBoxes: its parts cannot be found.
    """
    blank = []
    found = False
    for box in read(data):
        if box.type == b"meta":
            found = True
            blank += _text_items(data, box)
        elif box.type not in _KNOWN_AT_TOP:
            blank.append((box.content, box.end))
        elif box.type == b"moov":
            blank += _descriptions(data, box)
    if not found:
        raise MalformedBoxes
    _copy(data, target, blank)


def copy_sound(data: Data, target: IO[bytes], measured: list[tuple[int, int]]) -> None:
    """Copy a sound file without what the recorder wrote about it, the place among that.

    Args:
        data: the file.
        target: an empty file.
        measured: byte ranges of what else the recorder measured.

    Raises:
        MalformedBoxes: its parts cannot be found.
    """
    blank = [*measured]
    for box in read(data):
        if box.type == b"moof" and measured:
            # What is measured lies in fragments too, and is not found there.
            raise MalformedBoxes
        if box.type in (b"moov", b"moof"):
            blank += _descriptions(data, box)
        elif box.type not in _KNOWN_AT_TOP | _FRAGMENTS or box.type == b"meta":
            blank.append((box.content, box.end))
    _copy(data, target, blank)


def _descriptions(data: Data, moov: Box) -> list[tuple[int, int]]:
    """Return content of the describing boxes of a film or a fragment, and of its tracks."""
    blank = []
    for box in read(data, moov.content, moov.end):
        inner = read(data, box.content, box.end) if box.type in (b"trak", b"traf") else iter((box,))
        blank += [_payload(part) for part in inner if part.type in (b"udta", b"meta", b"uuid")]
    return blank


def _payload(box: Box) -> tuple[int, int]:
    return box.content, box.end


def _text_items(data: Data, meta: Box) -> list[tuple[int, int]]:
    children = {box.type: box for box in read(data, meta.content + 4, meta.end)}
    if b"iinf" not in children or b"iloc" not in children:
        raise MalformedBoxes
    wanted = _items_of_text(data, children[b"iinf"])
    base = children[b"idat"].content if b"idat" in children else 0
    ranges = [place for item, place in _places(data, children[b"iloc"], base) if item in wanted]
    if any(start >= end or end > len(data) for start, end in ranges):
        raise MalformedBoxes
    return ranges


def _items_of_text(data: Data, iinf: Box) -> set[int]:
    wanted = set()
    first = iinf.content + (6 if data[iinf.content] == 0 else 8)
    for entry in read(data, first, iinf.end):
        if entry.type != b"infe":
            continue
        wide = data[entry.content] >= 3
        number = data[entry.content + 4 : entry.content + (8 if wide else 6)]
        kind = entry.content + (10 if wide else 8)
        if data[kind : kind + 4] in _TEXT_ITEMS:
            wanted.add(int.from_bytes(number, "big"))
    return wanted


def _places(data: Data, iloc: Box, idat: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Return item number and byte range of every extent."""
    position = iloc.content
    count = 0

    def number(size: int) -> int:
        nonlocal position
        position += size
        if position > iloc.end:
            raise MalformedBoxes
        return int.from_bytes(data[position - size : position], "big")

    version = number(1)
    number(3)
    sizes = number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in (1, 2) else 0
    for _item in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        base = number(base_size)
        for _extent in range(number(2)):
            count += 1
            if count > _MAX_BOXES or method > 1:
                raise MalformedBoxes
            number(index_size)
            start = base + number(offset_size) + (idat if method == 1 else 0)
            yield item, (start, start + number(length_size))


def _copy(data: Data, target: IO[bytes], blank: list[tuple[int, int]]) -> None:
    """Copy with zeros in place of the ranges, so that no position in the file moves."""
    if sum(end - start for start, end in blank) > len(data):
        raise MalformedBoxes
    for start in range(0, len(data), _BLOCK):
        target.write(data[start : start + _BLOCK])
    for start, end in blank:
        target.seek(start)
        for position in range(start, end, _BLOCK):
            target.write(bytes(min(_BLOCK, end - position)))
    target.flush()

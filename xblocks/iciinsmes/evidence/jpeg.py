"""Copying JPEG pictures part by part, without what the camera wrote about place, time and owner.

As forgiving as viewers are: bytes between the parts are skipped, and a picture without its last two bytes gets them.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import IO

from .metadata import Broken, Data, copy_range, exif_of

#: The last two bytes of every JPEG.
END = b"\xff\xd9"
#: A progressive picture may cost one pass over all pixels for each scan; real ones have about ten.
_MAX_SCANS = 64
_MAX_PARTS = 10_000

#: A marker; what stands before it, if anything, belongs to nothing.
_NEXT = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SCAN, _EXIF = 0xD8, 0xD9, 0xDA, 0xE1
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
#: A picture that was cut off may have been filled up with zeros; so many may belong to it.
_ZEROS = 8


@dataclass(frozen=True)
class Copied:
    """What is known of a picture after it was copied.

    ``whole_in_memory`` is how many bytes every decoder needs to keep at once: none where a picture comes line by line,
    all of its numbers where it comes in several passes. ``ends`` is False if it had no end and got one.
    """

    whole_in_memory: int
    ends: bool


def copy(data: Data, target: IO[bytes], orientation: int) -> Copied:
    """Copy a JPEG picture without Exif, XMP, IPTC, comments, second pictures and trailing bytes.

    Args:
        data: the file.
        target: an empty file.
        orientation: the Exif value (1 to 8) that says how the picture is turned.

    Raises:
        Broken: it is cut off before its picture starts, or has an unbelievable number of scans or parts.
    """
    target.write(data[:2])
    turn = _exif_part(orientation) if orientation != 1 else b""
    position, marker, scans, memory, progressive, components = 2, 0, 0, 0, False, 0
    for _count in range(_MAX_PARTS):
        found = _NEXT.search(data, position)
        if found is None or found[1][0] == _EOI:
            # Tables without the pass that needs them: the rest is cut off.
            if not scans or (found is None and marker != _SCAN):
                raise Broken
            target.write(END)
            target.flush()
            return Copied(whole_in_memory=memory, ends=found is not None)
        marker, position = found[1][0], found.end()
        end = position + int.from_bytes(data[position : position + 2], "big")
        if marker == _SOI or end < position + 2 or end > len(data):
            raise Broken
        content = data[position + 2 : end]
        if marker in _FRAMES:
            progressive, components, memory = marker in _PROGRESSIVE, *_frame(content)
        if marker == _SCAN and not scans and not progressive and content[:1] == bytes((components,)):
            memory = 0
        if marker != 0xE0 and turn:
            target.write(turn)
            turn = b""
        if _kept(marker, content[:12]):
            target.write(bytes((0xFF, marker)) + data[position:end])
        position = end
        if marker == _SCAN:
            scans += 1
            position = _copy_scan(data, position, target)
        if scans > _MAX_SCANS:
            break
    raise Broken


def exif(data: Data) -> bytes:
    """Return what the camera wrote, as Exif; empty if it wrote nothing that can be found."""
    position = 2
    for _count in range(_MAX_PARTS):
        found = _NEXT.search(data, position)
        if found is None or found[1][0] in (_SOI, _EOI, _SCAN):
            break
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        content = data[found.end() + 2 : found.end() + length]
        if found[1][0] == _EXIF and content.startswith(b"Exif\0\0"):
            return content
        position = found.end() + length
    return b""


def without_end(picture: IO[bytes]) -> int:
    """Return where the picture in a copied file stops: before its end, half an end, and zeros that filled it up."""
    size = picture.seek(0, 2) - len(END)
    step, stop = 4096, size
    while stop:
        start = max(0, stop - step)
        picture.seek(start)
        block = picture.read(stop - start).rstrip(b"\0")
        if block:
            return min(size, start + len(block) + _ZEROS) - (start + len(block) == size and block.endswith(b"\xff"))
        stop = start
    return 0


def _frame(content: bytes) -> tuple[int, int]:
    """Return the number of components of a picture, and the bytes that all its numbers take."""
    if len(content) < 6 or len(content) < 6 + 3 * content[5]:
        raise Broken
    height, width, count = struct.unpack(">HHB", content[1:6])
    samplings = [content[at] for at in range(7, 6 + 3 * count, 3)]
    across = max((sampling >> 4 for sampling in samplings), default=1) or 1
    down = max((sampling & 15 for sampling in samplings), default=1) or 1
    parts = sum((sampling >> 4) * (sampling & 15) for sampling in samplings)
    return count, 2 * width * height * parts // (across * down)


def _kept(marker: int, head: bytes) -> bool:
    """Keep what the picture is made of; of the application's parts only those that say how its colours are meant."""
    if 0xE0 <= marker <= 0xEF:
        return (marker, head[:5]) in ((0xE0, b"JFIF\0"), (0xEE, b"Adobe")) or (
            marker == 0xE2 and head.startswith(b"ICC_PROFILE\0")
        )
    return marker != 0xFE


def _copy_scan(data: Data, position: int, target: IO[bytes]) -> int:
    found = _AFTER_SCAN.search(data, position)
    end = found.start() if found else len(data)
    copy_range(data, position, end, target)
    return end


def _exif_part(orientation: int) -> bytes:
    content = b"Exif\0\0" + exif_of(orientation)
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content

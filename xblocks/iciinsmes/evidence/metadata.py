"""Copying PNG and WebP pictures (`jpeg` does the others) without what the camera wrote about place, time and owner.

The picture itself is copied byte by byte, not encoded again: evidence loses no detail, memory stays small, and whatever
hides behind or between the parts of the picture stays behind. Only the turn of the picture is written anew.
"""

from __future__ import annotations

import struct
import zlib
from mmap import mmap
from typing import IO

Data = bytes | mmap

_MAX_CHUNKS = 100_000
_BLOCK = 1 << 20

_PNG_PICTURE = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})
_PNG_COLOURS = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"cICP", b"bKGD"})
_PNG_KEPT = _PNG_PICTURE | _PNG_COLOURS
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
_WEBP_EXIF_AND_XMP = 0x08 | 0x04


class Broken(Exception):
    """The file ends too early or its parts do not fit together."""


def copy_png(data: Data, target: IO[bytes], orientation: int) -> None:
    """Copy a PNG picture without Exif, texts, time and private parts.

    Args:
        data: the file.
        target: an empty file.
        orientation: the Exif value (1 to 8) that says how the picture is turned.

    Raises:
        Broken: it has no proper end.
    """
    target.write(data[:8])
    position = 8
    turn = _png_chunk(b"eXIf", exif_of(orientation)) if orientation != 1 else b""
    for _count in range(_MAX_CHUNKS):
        kind = data[position + 4 : position + 8]
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        if end > len(data) or len(kind) < 4:
            raise Broken
        if kind == b"IDAT" and turn:
            target.write(turn)
            turn = b""
        if kind in _PNG_KEPT:
            copy_range(data, position, end, target)
        position = end
        if kind == b"IEND":
            target.flush()
            return
    raise Broken


def copy_webp(data: Data, target: IO[bytes], orientation: int) -> None:
    """Copy a still WebP picture without Exif and XMP.

    Args:
        data: the file.
        target: an empty file.
        orientation: the Exif value (1 to 8) that says how the picture is turned.

    Raises:
        Broken: its parts do not fit together.
    """
    target.write(b"RIFF\0\0\0\0WEBP")
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Broken
    position = 12
    extended = False
    while position + 8 <= end:
        kind = data[position : position + 4]
        stop = position + 8 + int.from_bytes(data[position + 4 : position + 8], "little")
        if stop > end:
            raise Broken
        if kind == b"VP8X":
            extended = True
            flags = data[position + 8] & ~_WEBP_EXIF_AND_XMP | (0x08 if orientation != 1 else 0)
            target.write(data[position : position + 8] + bytes((flags,)) + data[position + 9 : stop])
        elif kind in _WEBP_KEPT:
            copy_range(data, position, stop, target)
            target.write(b"\0" * (stop % 2))
        position = stop + stop % 2
    if extended and orientation != 1:
        exif = exif_of(orientation)
        target.write(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2))
    size = target.tell()
    target.seek(4)
    target.write(struct.pack("<I", size - 8))
    target.flush()


def copy_range(data: Data, start: int, end: int, target: IO[bytes]) -> None:
    """Append a part of a file to another one."""
    for position in range(start, end, _BLOCK):
        target.write(data[position : min(position + _BLOCK, end)])


def exif_of(orientation: int) -> bytes:
    """Return Exif data that holds the orientation and nothing else."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

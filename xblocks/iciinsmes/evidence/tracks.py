"""What runs side by side in an ISO media file: sound, and what belongs to it, such as titles of chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .iso_media import Box, Data, MalformedBoxes, read

SOUND = b"soun"
_PICTURES = frozenset({b"vide", b"auxv", b"pict"})
#: What people wrote; everything else beside the sound was measured by the device, its place among that.
_WORDS = frozenset({b"text", b"sbtl", b"subt", b"clcp"})
_MOST = 200_000


@dataclass(frozen=True)
class Track:
    """One track: its number, what handles it, how it is coded, which tracks tell its chapters, its lists of samples."""

    number: int
    handler: bytes
    coding: bytes
    chapters: frozenset[int]
    samples: dict[bytes, Box]


def tracks(data: Data) -> list[Track]:
    """Return the tracks of a file.

    Raises:
        MalformedBoxes: its boxes do not fit into each other.
    """
    return [
        _track(data, box)
        for moov in read(data)
        if moov.type == b"moov"
        for box in read(data, moov.content, moov.end)
        if box.type == b"trak"
    ]


def is_sound(found: list[Track]) -> bool:
    """Tell whether there is sound, and no picture but those of chapters."""
    chapters = frozenset[int]().union(*(track.chapters for track in found if track.handler == SOUND))
    handlers = {track.handler for track in found if track.number not in chapters or track.handler == SOUND}
    return SOUND in handlers and not handlers & _PICTURES


def measured(data: Data, found: list[Track]) -> Iterator[tuple[int, int]]:
    """Return where everything is that is neither sound nor words.

    Raises:
        MalformedBoxes: that cannot be found.
    """
    for track in found:
        if track.handler != SOUND and track.handler not in _WORDS:
            yield from _places(data, track.samples)


def _track(data: Data, trak: Box) -> Track:
    inside = _by_type(data, trak.content, trak.end)
    header, media, references = inside.get(b"tkhd"), inside.get(b"mdia"), inside.get(b"tref")
    number = 0
    if header:
        at = header.content + (20 if data[header.content] == 1 else 12)
        number = _number(data, at)
    chapters: frozenset[int] = frozenset()
    if references:
        chap = _by_type(data, references.content, references.end).get(b"chap")
        chapters = frozenset(_numbers(data, chap.content, chap.end)) if chap else frozenset()
    media_parts = _by_type(data, media.content, media.end) if media else {}
    handler = media_parts.get(b"hdlr")
    samples = _samples(data, media_parts.get(b"minf"))
    return Track(
        number=number,
        handler=data[handler.content + 8 : handler.content + 12] if handler else b"",
        coding=_coding(data, samples.get(b"stsd")),
        chapters=chapters,
        samples=samples,
    )


def _samples(data: Data, minf: Box | None) -> dict[bytes, Box]:
    table = _by_type(data, minf.content, minf.end).get(b"stbl") if minf else None
    return _by_type(data, table.content, table.end) if table else {}


def _coding(data: Data, stsd: Box | None) -> bytes:
    return data[stsd.content + 12 : stsd.content + 16] if stsd and stsd.end >= stsd.content + 16 else b""


def _places(data: Data, samples: dict[bytes, Box]) -> Iterator[tuple[int, int]]:
    """Return the byte ranges of a track: where its chunks start, and how much is in each."""
    sizes = _sizes(data, samples.get(b"stsz"))
    chunks, runs = _chunks(data, samples), _runs(data, samples.get(b"stsc"))
    used = run = 0
    for index, start in enumerate(chunks, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= index:
            run += 1
        count = runs[run][1] if runs else 0
        length = sum(sizes[used : used + count])
        used += count
        if start + length > len(data):
            raise MalformedBoxes
        yield start, start + length
    if used < len(sizes):
        raise MalformedBoxes


def _sizes(data: Data, stsz: Box | None) -> list[int]:
    if stsz is None:
        return []
    size, count = _number(data, stsz.content + 4), _number(data, stsz.content + 8)
    if count > _MOST:
        raise MalformedBoxes
    return [size] * count if size else _numbers(data, stsz.content + 12, stsz.content + 12 + 4 * count)


def _chunks(data: Data, samples: dict[bytes, Box]) -> list[int]:
    narrow, wide = samples.get(b"stco"), samples.get(b"co64")
    if narrow:
        return _numbers(data, narrow.content + 8, narrow.end)
    if wide:
        parts = _numbers(data, wide.content + 8, wide.end)
        return [high << 32 | low for high, low in zip(parts[::2], parts[1::2], strict=True)]
    return []


def _runs(data: Data, stsc: Box | None) -> list[tuple[int, int]]:
    """Return from which chunk on how many samples are in a chunk."""
    parts = _numbers(data, stsc.content + 8, stsc.end) if stsc else []
    return list(zip(parts[::3], parts[1::3], strict=False))


def _by_type(data: Data, start: int, end: int) -> dict[bytes, Box]:
    return {box.type: box for box in read(data, start, end)}


def _number(data: Data, position: int) -> int:
    return int.from_bytes(data[position : position + 4], "big")


def _numbers(data: Data, start: int, end: int) -> list[int]:
    if end - start > 4 * _MOST or end > len(data) or (end - start) % 4:
        raise MalformedBoxes
    return [_number(data, position) for position in range(start, end, 4)]

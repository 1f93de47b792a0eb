"""Sound recordings: is there sound in it, and only sound."""

from __future__ import annotations

from collections.abc import Callable
from mmap import mmap
from typing import IO

from django.utils.translation import gettext as _

from . import iso_media, tracks
from .errors import ContentRefused

Data = bytes | mmap

_HEAD = 64 * 1024
_HEADER = 7
# AMR of simple phones, Windows Media, Core Audio of Apple, AAC without frames.
_UNPLAYABLE_STARTS = (b"#!AMR", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"caff", b"ADIF")
# Speech of phones, in films of phones (3GP); sound in space (QTA); sound with a lock.
_UNPLAYABLE_CODINGS = frozenset(
    {b"samr", b"sawb", b"sawp", b"sevc", b"sqcp", b"ssmv", b"apac", b"QDMC", b"QDM2", b"drms", b"enca"}
)
_VIDEO_IN_WEBM = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")


def sound_type(data: Data) -> str:
    """Return the media type of a sound recording; empty for everything else, films included."""
    head = data[:16]
    if iso_media.is_iso_media(data):
        found = _tracks(data)
        return "audio/mp4" if tracks.is_sound(found) and not _unplayable(found) else ""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"OggS":
        start = data[:128]
        return "audio/ogg" if b"OpusHead" in start or b"\x01vorbis" in start or b"Speex" in start else ""
    if head[:4] == b"\x1a\x45\xdf\xa3":
        start = data[:_HEAD]
        return "audio/webm" if b"A_" in start and not any(codec in start for codec in _VIDEO_IN_WEBM) else ""
    if _has_frames(data, _frame_bytes):
        return "audio/mpeg"
    return "audio/aac" if _has_frames(data, _aac_frame_bytes) else ""


def is_unplayable(data: Data) -> bool:
    """Tell whether it is sound that browsers cannot play."""
    head = data[:16]
    if iso_media.is_iso_media(data):
        found = _tracks(data)
        return tracks.is_sound(found) and _unplayable(found)
    return head.startswith(_UNPLAYABLE_STARTS) or (head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"))


def clean(data: Data, target: IO[bytes]) -> None:
    """Copy ISO media sound without the place, wherever the recorder wrote it.

    Raises:
        ContentRefused: it cannot be removed.
    """
    try:
        iso_media.copy_sound(data, target, list(tracks.measured(data, tracks.tracks(data))))
    except (iso_media.MalformedBoxes, IndexError, ValueError) as error:
        raise ContentRefused(
            _("We cannot remove the place from this recording. Save it as MP3 and add it again.")
        ) from error


def _tracks(data: Data) -> list[tracks.Track]:
    try:
        return tracks.tracks(data)
    except (iso_media.MalformedBoxes, IndexError):
        return []


def _unplayable(found: list[tracks.Track]) -> bool:
    return any(track.handler == tracks.SOUND and track.coding in _UNPLAYABLE_CODINGS for track in found)


def _has_frames(data: Data, length_of: Callable[[bytes], int]) -> bool:
    """Look for two frames in a row, the first one directly after the title block if there is one."""
    position = 0
    if data[:3] == b"ID3":
        size = data[6:10]
        position = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) if len(size) == 4 else 0
    length = length_of(data[position : position + _HEADER])
    return length > 0 and length_of(data[position + length : position + length + _HEADER]) > 0


def _aac_frame_bytes(header: bytes) -> int:
    """Return the length of an AAC frame with its header (ADTS), 0 if this is none."""
    if len(header) < _HEADER or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > _HEADER else 0


def _frame_bytes(header: bytes) -> int:
    """Return the length of an MPEG layer III frame, 0 if this is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version = header[1] >> 3 & 3
    rate_index, sample_index = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or sample_index == 3 or rate_index in (0, 15):
        return 0
    first = version == 3
    rates = _RATES_1 if first else _RATES_2
    samples = _SAMPLES[sample_index] // {3: 1, 2: 2, 0: 4}[version]
    return (144 if first else 72) * rates[rate_index - 1] * 1000 // samples + (header[2] >> 1 & 1)


_RATES_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = (44100, 48000, 32000)

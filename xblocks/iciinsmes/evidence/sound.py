"""Sound recordings: is there sound in it, and only sound."""

from __future__ import annotations

from mmap import mmap

from . import boxes

Data = bytes | mmap

_HEAD = 64 * 1024
_VIDEO_IN_WEBM = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")


def sound_type(data: Data) -> str:
    """Return the media type of a sound recording; empty for everything else, films included."""
    head = data[:16]
    if boxes.is_iso_media(data):
        return "audio/mp4" if _iso_is_sound(data) else ""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"OggS":
        start = data[:128]
        return "audio/ogg" if b"OpusHead" in start or b"\x01vorbis" in start or b"Speex" in start else ""
    if head[:4] == b"\x1a\x45\xdf\xa3":
        start = data[:_HEAD]
        return "audio/webm" if b"A_" in start and not any(codec in start for codec in _VIDEO_IN_WEBM) else ""
    return "audio/mpeg" if _is_mp3(data) else ""


def _iso_is_sound(data: Data) -> bool:
    try:
        return boxes.is_sound_only(data)
    except (boxes.Malformed, IndexError):
        return False


def _is_mp3(data: Data) -> bool:
    """Look for two frames in a row, the first one directly after the title block if there is one."""
    position = 0
    if data[:3] == b"ID3":
        size = data[6:10]
        position = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) if len(size) == 4 else 0
    length = _frame_bytes(data[position : position + 4])
    return length > 0 and _frame_bytes(data[position + length : position + length + 4]) > 0


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

"""Files of all kinds, good and bad, made in memory."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from iciinsmes.evidence.kinds import KINDS

TYPES = {names[0]: media for kind in KINDS.values() for media, names in kind.types.items()}
GPS_IFD = 0x8825
ORIENTATION = 0x0112
MAKER = b"place:52.520008,13.404954"


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x010F] = MAKER.decode()
    if orientation != 1:
        data[ORIENTATION] = orientation
    data.get_ifd(GPS_IFD).update({1: "N", 2: (IFDRational(52), IFDRational(31), IFDRational(12)), 3: "E"})
    return data


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left corner is red and whose rest is blue, so that a turn shows."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    return image


def image(form: str = "JPEG", *, orientation: int = 1, **options) -> bytes:
    target = io.BytesIO()
    picture(options.pop("size", (64, 48))).save(target, form, exif=exif(orientation), **options)
    return target.getvalue()


def jpeg_with_everything() -> bytes:
    """Return a JPEG with GPS, XMP, a comment, IPTC, a maker's part, and a film behind its end."""
    data = image(comment=MAKER, xmp=b"<x:xmpmeta>" + MAKER + b"</x:xmpmeta>")
    extra = b"".join(
        b"\xff" + marker + struct.pack(">H", len(MAKER) + 2) + MAKER for marker in (b"\xed", b"\xe5", b"\xe2")
    )
    return data[:2] + extra + data[2:] + b"\0\0\0\x18ftypmp42" + MAKER


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_bomb(side: int = 50_000) -> bytes:
    """Return a tiny file that announces a huge picture."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def pdf(body: bytes = b"1 0 obj<<>>endobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"trailer<<>>\nstartxref\n9\n%%EOF\n"


def archive(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def xlsx() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})


def opendocument(kind: str) -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": media, "content.xml": b"<x/>"}, stored=("mimetype",))


def wav() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return target.getvalue()


def mp3() -> bytes:
    """Return three silent frames of 128 kbit/s at 44.1 kHz (417 bytes each) behind an empty title block."""
    return b"ID3\x03\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\x00" + bytes(413)) * 3


def box(kind: bytes, *content: bytes) -> bytes:
    joined = b"".join(content)
    return struct.pack(">I", len(joined) + 8) + kind + joined


def full_box(kind: bytes, *content: bytes, version: int = 0) -> bytes:
    return box(kind, bytes((version, 0, 0, 0)), *content)


def m4a(handler: bytes = b"soun") -> bytes:
    track = box(b"trak", box(b"mdia", full_box(b"hdlr", bytes(4), handler, bytes(13))))
    return (
        box(b"ftyp", b"M4A \0\0\0\0isom")
        + box(b"moov", track, box(b"udta", box(b"\xa9xyz", MAKER)))
        + box(b"mdat", bytes(64))
    )


def m4a_in_fragments() -> bytes:
    """Return a recording as browsers of phones write it: no samples at the beginning, but pieces with a list each."""
    samples = box(b"moof", box(b"traf", full_box(b"trun", bytes(12)), box(b"udta", MAKER)))
    return m4a() + 2 * (samples + box(b"mdat", bytes(range(64)))) + box(b"mfra", bytes(8))


def heic(*, broken: bool = False) -> bytes:
    """Return the skeleton of a HEIC photo: one picture item, one Exif item that holds a place."""
    coded = b"\0\0\0\0picture!"
    start_of_ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(offset: int) -> bytes:
        items = full_box(
            b"iinf",
            struct.pack(">H", 2),
            full_box(b"infe", struct.pack(">HH", 1, 0), b"hvc1\0", version=2),
            full_box(b"infe", struct.pack(">HH", 2, 0), b"Exif\0", version=2),
        )
        places = full_box(
            b"iloc",
            b"\x44\x00",
            struct.pack(">H", 2),
            struct.pack(">HHHII", 1, 0, 1, offset, len(coded)),
            struct.pack(">HHHII", 2, 0, 1, offset + len(coded), 10**9 if broken else len(MAKER)),
        )
        return full_box(b"meta", items, places)

    offset = len(start_of_ftyp) + len(meta(0)) + 8
    return start_of_ftyp + meta(offset) + box(b"mdat", coded, MAKER)

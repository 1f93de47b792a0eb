"""Pictures: limits before decoding, removing location data, and small previews."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from contextlib import suppress
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from iciinsmes.lib.turns import Turns

from . import iso_media, jpeg, memory, metadata
from .errors import ContentRefused

#: Pixels a JPEG may have: it is looked at in an eighth of its size.
MAX_PIXELS_JPEG = 70_000_000
#: Bytes of memory that a picture may need while it is looked at.
MAX_MEMORY = 100_000_000
PREVIEW_SIDE = 320

# WebP is decoded with transparency into two layers, and copied once more.
_BYTES_PER_PIXEL = {"image/png": 4, "image/webp": 12}
#: Pictures with transparency are thinned out to this before they are made small: to do it well takes a second copy.
_THIN_SIDE = 4 * PREVIEW_SIDE
_ROWS = 256

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_COPY = {"image/png": metadata.copy_png, "image/webp": metadata.copy_webp}
#: What Pillow raises on broken pictures, by format and place.
_DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
#: One picture at a time in one process. Those that were accepted are quick: all previews of a page may wait.
_looking = Turns(waiting=5)
_previewing = Turns(waiting=50, beside=_looking)
#: Stands for numbers of a picture that are not there: whatever it shows, it is not what nothing shows.
_OTHER_NUMBERS = bytes(range(1, 250)) * 16
_OTHER_NUMBERS += b"".join(bytes((0xFF, restart)) + _OTHER_NUMBERS for restart in range(0xD0, 0xD8))


def clean(data: metadata.Data, raw: IO[bytes], content_type: str, target: IO[bytes]) -> None:
    """Write the picture without location data into ``target`` and make sure that it can be seen.

    The turn of the picture is kept, as the only thing its camera wrote that stays.

    Args:
        data: the bytes of ``raw``.
        raw: the file as it arrived.
        content_type: one of the types of the kind ``photo``.
        target: an empty file.

    Raises:
        ContentRefused: too many pixels, moving, damaged, or the location cannot be removed.
    """
    if content_type == "image/heic":
        try:
            iso_media.copy_heic(data, target)
        except (iso_media.MalformedBoxes, IndexError) as error:
            raise ContentRefused(
                _("We cannot remove the place from this photo. Save it as JPEG and add it again.")
            ) from error
        return
    # One turn from the header to the end: what a picture leaves in the memory goes only with its last step.
    with _looking, memory.given_back():
        if content_type == "image/jpeg":
            _clean_jpeg(data, target)
        else:
            _clean_other(data, raw, content_type, target)


def _clean_other(data: metadata.Data, raw: IO[bytes], content_type: str, target: IO[bytes]) -> None:
    orientation = _check_header(raw, content_type)
    try:
        _COPY[content_type](data, target, orientation)
    except (metadata.Broken, IndexError) as error:
        raise ContentRefused(_damaged()) from error
    _look(target, content_type)


def preview(source: IO[bytes], content_type: str) -> bytes:
    """Return a small JPEG of a stored picture, the right way up.

    Raises:
        ContentRefused: it cannot be decoded.
    """
    try:
        with _previewing, memory.given_back():
            return _small(source, content_type)
    except (*_DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise ContentRefused(_damaged()) from error


def _small(source: IO[bytes], content_type: str) -> bytes:
    with Image.open(source, formats=[_FORMATS[content_type]]) as image:
        image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        if image.has_transparency_data and max(image.size) > _THIN_SIDE:
            image.thumbnail((_THIN_SIDE, _THIN_SIDE), Image.Resampling.NEAREST)
        image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BILINEAR)
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
        target = io.BytesIO()
        _on_white(upright).save(target, "JPEG", quality=80, icc_profile=profile)
        return target.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _clean_jpeg(data: metadata.Data, target: IO[bytes]) -> None:
    try:
        copied = jpeg.copy(data, target, _orientation(_exif_in(data)))
    except (metadata.Broken, IndexError) as error:
        raise ContentRefused(_damaged()) from error
    _check_header(target, "image/jpeg")
    if copied.whole_in_memory > MAX_MEMORY:
        raise ContentRefused(_too_many_pixels())
    # Finer where it comes in several passes: the last ones do not show in an eighth.
    scale = 2 if copied.whole_in_memory else 8
    if copied.ends:
        _look(target, "image/jpeg", scale)
    elif _is_cut_off(target, scale):
        raise ContentRefused(_damaged())


def _is_cut_off(picture: IO[bytes], scale: int) -> bool:
    """Tell whether a picture without an end lacks more than that: then it looks otherwise with other numbers behind."""
    stop = jpeg.without_end(picture)
    looks = []
    for behind in (b"", _OTHER_NUMBERS):
        picture.seek(stop)
        picture.truncate()
        picture.write(behind + jpeg.END)
        picture.flush()
        looks.append(_look(picture, "image/jpeg", scale))
    picture.seek(stop)
    picture.truncate()
    picture.write(jpeg.END)
    picture.flush()
    return looks[0] != looks[1]


def _check_header(raw: IO[bytes], content_type: str) -> int:
    """Refuse by what the header says, before a pixel is decoded; return the orientation."""
    raw.seek(0)
    try:
        # To find the turn of a PNG, all of it is decoded.
        with memory.given_back():
            return _turn(raw, content_type)
    except Image.DecompressionBombError as error:
        raise ContentRefused(_too_many_pixels()) from error
    except _DECODER_ERRORS as error:
        raise ContentRefused(_damaged()) from error


def _turn(raw: IO[bytes], content_type: str) -> int:
    with Image.open(raw, formats=[_FORMATS[content_type]]) as image:
        pixels = image.width * image.height
        if content_type == "image/jpeg":
            too_many = pixels > MAX_PIXELS_JPEG
        else:
            too_many = pixels * _BYTES_PER_PIXEL[content_type] > MAX_MEMORY
        if too_many:
            raise ContentRefused(_too_many_pixels())
        if content_type != "image/jpeg" and getattr(image, "is_animated", False):
            raise ContentRefused(_("Moving pictures cannot be added. Please add a still one."))
        return _orientation(image.getexif())


def _exif_in(data: metadata.Data) -> Image.Exif:
    found = Image.Exif()
    with suppress(*_DECODER_ERRORS):
        found.load(jpeg.exif(data))
    return found


def _orientation(exif: Image.Exif) -> int:
    try:
        value = exif.get(ExifTags.Base.Orientation, 1)
    except _DECODER_ERRORS:
        # Unreadable camera data goes away anyway.
        return 1
    return value if value in range(1, 9) else 1


def _look(picture: IO[bytes], content_type: str, scale: int = 1) -> bytes:
    """Decode a picture to see whether it can be; return a fingerprint of what it looks like."""
    picture.seek(0)
    try:
        # The decoded picture is gone with the function that had it, before the next one may start.
        with memory.given_back():
            return _fingerprint(picture, content_type, scale)
    except (*_DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise ContentRefused(_damaged()) from error


def _fingerprint(picture: IO[bytes], content_type: str, scale: int) -> bytes:
    digest = hashlib.sha256()
    with Image.open(picture, formats=[_FORMATS[content_type]]) as image:
        image.draft(image.mode, (image.width // scale, image.height // scale))
        image.load()
        for top in range(0, image.height, _ROWS):
            digest.update(image.crop((0, top, image.width, min(top + _ROWS, image.height))).tobytes())
    return digest.digest()


def _damaged() -> str:
    return _("This picture is damaged or not complete. Open it on your device and save it again.")


def _too_many_pixels() -> str:
    return _("This picture has too many pixels. Save it smaller and add it again.")

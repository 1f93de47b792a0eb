"""Pictures: limits before decoding, removing location data, and small previews."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from . import boxes, metadata
from .errors import ContentRefused

#: Pixels a picture may have. JPEG is checked at an eighth of its size, everything else is decoded in full.
MAX_PIXELS_JPEG = 70_000_000
MAX_PIXELS = 40_000_000
PREVIEW_SIDE = 320

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_COPY = {"image/jpeg": metadata.copy_jpeg, "image/png": metadata.copy_png, "image/webp": metadata.copy_webp}
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
# A decoded picture may take 160 MB: two at a time in one process, the others wait.
_decoding = threading.BoundedSemaphore(2)


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
            boxes.copy_heic(data, target)
        except (boxes.Malformed, IndexError) as error:
            raise ContentRefused(
                _("We cannot remove the place from this photo. Save it as JPEG and add it again.")
            ) from error
        return
    orientation = _check_header(raw, content_type)
    try:
        _COPY[content_type](data, target, orientation)
    except (metadata.Broken, IndexError) as error:
        raise ContentRefused(_damaged()) from error
    _check_pixels(target, content_type)


def preview(source: IO[bytes], content_type: str) -> bytes:
    """Return a small JPEG of a stored picture, the right way up.

    Raises:
        ContentRefused: it cannot be decoded.
    """
    try:
        with _decoding, Image.open(source, formats=[_FORMATS[content_type]]) as image:
            image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
            image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BILINEAR)
            upright = ImageOps.exif_transpose(image)
            profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
    except (*_DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise ContentRefused(_damaged()) from error
    target = io.BytesIO()
    _on_white(upright).save(target, "JPEG", quality=80, icc_profile=profile)
    return target.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _check_header(raw: IO[bytes], content_type: str) -> int:
    """Refuse by what the header says, before a pixel is decoded; return the orientation."""
    raw.seek(0)
    try:
        with Image.open(raw, formats=[_FORMATS[content_type]]) as image:
            baseline = content_type == "image/jpeg" and not image.info.get("progressive")
            if image.width * image.height > (MAX_PIXELS_JPEG if baseline else MAX_PIXELS):
                raise ContentRefused(_too_many_pixels())
            if content_type != "image/jpeg" and getattr(image, "is_animated", False):
                raise ContentRefused(_("Moving pictures cannot be added. Please add a still one."))
            return _orientation(image)
    except Image.DecompressionBombError as error:
        raise ContentRefused(_too_many_pixels()) from error
    except _DECODER_ERRORS as error:
        raise ContentRefused(_damaged()) from error


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _DECODER_ERRORS:
        # Unreadable camera data goes away anyway.
        return 1
    return value if value in range(1, 9) else 1


def _check_pixels(picture: IO[bytes], content_type: str) -> None:
    picture.seek(0)
    try:
        with _decoding, Image.open(picture, formats=[_FORMATS[content_type]]) as image:
            image.draft(image.mode, (image.width // 8, image.height // 8))
            image.load()
    except (*_DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise ContentRefused(_damaged()) from error


def _damaged() -> str:
    return _("This picture is damaged or not complete. Open it on your device and save it again.")


def _too_many_pixels() -> str:
    return _("This picture has too many pixels. Save it smaller and add it again.")

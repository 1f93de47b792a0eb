"""Draws pages of PDF, and photos that browsers do not know, in a process of its own.

The libraries that can are written in C and C++ and read what strangers made. What happens to them happens here: this
process has little memory, little time, no secret and no connection, and the site lives on when it dies. It is run as a
script, which imports nothing of the add-on: `drawing` starts it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

MEMORY = 1_500_000_000
SECONDS = 20
#: What `drawing` takes for "this file", not for "this machine".
DAMAGED = 3

#: Pixels of a page's longer side: text of ten points can be read, and enlarged once.
PAGE_SIDE = 1600
_PAGE_QUALITY = 80
#: Pixels a photo may have, more than any phone makes.
_MAX_PHOTO = 110_000_000


def main(command: str, *numbers: str) -> int:
    """Do what is asked for with the file on the standard input; what comes of it goes to the standard output."""
    _limit()
    source, target = open(0, "rb"), sys.stdout.buffer  # noqa: SIM115 - both end with the process
    try:
        COMMANDS[command](source, target, *(int(number) for number in numbers))
    except (ValueError, OSError, RuntimeError, MemoryError, ArithmeticError, LookupError, TypeError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return DAMAGED
    return 0


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages(source: IO[bytes], target: IO[bytes], most: int, characters: int) -> None:
    """Write how many pages a PDF has, and size and words of the first ones, as JSON."""
    document = _document(source)
    pages: list[dict[str, Any]] = []
    for index in range(min(len(document), most)):
        page = document[index]
        width, height = _size(page)
        words = ""
        if characters > 0:
            words = page.get_textpage().get_text_range()[:characters]
            characters -= len(words)
        pages.append({"width": width, "height": height, "words": words})
    target.write(json.dumps({"count": len(document), "pages": pages}).encode())


def _page(source: IO[bytes], target: IO[bytes], number: int) -> None:
    """Draw one page of a PDF as WebP; its number counts from 1."""
    document = _document(source)
    if not 1 <= number <= len(document):
        raise LookupError("no such page")
    page = document[number - 1]
    picture = page.render(scale=_scale(page), may_draw_forms=False).to_pil()
    picture.convert("RGB").save(target, "WEBP", quality=_PAGE_QUALITY, method=2)


def _photo(source: IO[bytes], target: IO[bytes], side: int) -> None:
    """Make a JPEG of a photo, the right way up, with nothing that its camera wrote."""
    import pillow_heif
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MAX_PHOTO
    pillow_heif.register_heif_opener()
    with Image.open(source, formats=["HEIF"]) as photo:
        profile = photo.info.get("icc_profile")
        upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((side, side))
    upright.convert("RGB").save(target, "JPEG", quality=85, icc_profile=profile)


def _document(source: IO[bytes]) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(source)


def _scale(page: Any) -> float:
    longer = max(page.get_size())
    if not 0 < longer < float("inf"):
        raise ValueError("a page without a size")
    return float(PAGE_SIDE / longer)


def _size(page: Any) -> tuple[int, int]:
    scale = _scale(page)
    width, height = page.get_size()
    return max(round(width * scale), 1), max(round(height * scale), 1)


COMMANDS: dict[str, Callable[..., None]] = {"pages": _pages, "page": _page, "photo": _photo}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

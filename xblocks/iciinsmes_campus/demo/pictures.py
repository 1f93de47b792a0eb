"""Photos of boards, drawn when the demo is loaded, so that no picture of a person or a firm lies in the repository."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from iciinsmes_campus.demo.data import DemoPhoto

_SIZE = (1200, 800)
_BOARD = "#fbfaf6"
_INK = "#24425c"


def draw(photo: DemoPhoto) -> bytes:
    """Return the board as a JPEG of 1200 by 800 pixels."""
    picture = Image.new("RGB", _SIZE, "#7d6a55")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 40, _SIZE[0] - 40, _SIZE[1] - 40), radius=24, fill=_BOARD, outline="#b9b2a4", width=8)
    pen.text((100, 90), photo.title, fill=_INK, font=ImageFont.load_default(56))
    pen.line((100, 170, _SIZE[0] - 100, 170), fill="#c46b3c", width=5)
    for number, line in enumerate(photo.lines):
        pen.text((120, 210 + number * 62), line, fill=_INK, font=ImageFont.load_default(38))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()

"""Pages of PDF and photos of phones as pictures; who draws them is a process that may die of it."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from iciinsmes.lib.turns import Turns

from ..errors import CannotRead
from .drawing_process import DAMAGED, SECONDS
from .parts import MAX_CHARACTERS, MAX_PAGES, Page

_log = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("drawing_process.py")
#: Beside its own time the process needs some to begin, on a machine that has other things to do.
_PATIENCE = SECONDS + 20
#: The pages of one document that come into view at once may wait for each other.
_drawing = Turns(waiting=20)


def pages_of(source: File[bytes] | IO[bytes]) -> tuple[tuple[Page, ...], int]:
    """Return the first `MAX_PAGES` pages of a PDF, and how many it has.

    Raises:
        CannotRead: it is damaged, or asks for too much.
        Busy: others draw.
    """
    found = json.loads(_drawn(source, "pages", MAX_PAGES, MAX_CHARACTERS))
    pages = tuple(
        Page(number=number, width=page["width"], height=page["height"], words=page["words"].replace("\r\n", "\n"))
        for number, page in enumerate(found["pages"], start=1)
    )
    return pages, found["count"]


def page_picture(source: File[bytes] | IO[bytes], number: int) -> bytes:
    """Return one page of a PDF as WebP; ``number`` counts from 1.

    Raises:
        CannotRead: there is no such page, or it cannot be drawn.
        Busy: others draw.
    """
    return _drawn(source, "page", number)


def photo_picture(source: File[bytes] | IO[bytes], side: int) -> bytes:
    """Return a photo in HEIC as JPEG whose longer side has at most so many pixels.

    Raises:
        CannotRead: it is damaged, or too large.
        Busy: others draw.
    """
    return _drawn(source, "photo", side)


def _drawn(source: File[bytes] | IO[bytes], command: str, *numbers: int) -> bytes:
    with _drawing, tempfile.TemporaryFile() as copy:
        # A storage elsewhere gives no file of this machine, and what reads it wants to move about in it.
        shutil.copyfileobj(source, copy)
        copy.seek(0)
        arguments = [_python(), "-I", str(_SCRIPT), command, *(str(number) for number in numbers)]
        try:
            done = subprocess.run(  # noqa: S603 - this package's own script, with numbers only
                arguments, stdin=copy, capture_output=True, timeout=_PATIENCE, check=False, env={}
            )
        except subprocess.TimeoutExpired as error:
            raise CannotRead(_too_much()) from error
    if done.returncode == 0:
        return done.stdout
    # What a library says about a damaged file may hold words of it.
    _log.warning("Drawing (%s) ended with %d", command, done.returncode)
    raise CannotRead(_damaged() if done.returncode == DAMAGED else _too_much())


def _python() -> str:
    """Return this environment's interpreter: within a server that embeds Python, `sys.executable` is the server."""
    for name in ("bin/python", "Scripts/python.exe"):
        if (path := Path(sys.prefix, name)).exists():
            return str(path)
    return sys.executable


def _damaged() -> str:
    return _("This file cannot be shown here: it is damaged, or has a password. Save it and open it on your device.")


def _too_much() -> str:
    return _("This file asks for too much to be shown here. Save it and open it on your device.")

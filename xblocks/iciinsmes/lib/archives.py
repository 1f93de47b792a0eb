"""Files of people in a zip that is handed out: names that unpack everywhere, content block by block."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.base import File
from django.utils import timezone

MAX_NAME = 120

_BLOCK = 256 * 1024
# Everything that is no letter, digit, or harmless mark, in whichever script: a zip is opened on any system.
_UNSAFE = re.compile(r"[^\w .()+,=@'\u2019-]+")
#: Names that Windows keeps for its devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str, taken: Collection[str]) -> str:
    """Return a file name that unpacks everywhere, into its own folder only, and that no other file has.

    Args:
        name: as the person knows the file.
        taken: names given already, in lower case, because some systems do not tell case apart.

    Returns:
        At most `MAX_NAME` characters, without path, leading dot and device names; the extension stays.
    """
    last = re.split(r"[/\\]", name)[-1]
    last = _UNSAFE.sub("_", last).strip(" .") or "file"
    if _DEVICES.fullmatch(last):
        last = f"_{last}"
    path = PurePosixPath(last)
    suffix = path.suffix[:12]
    stem = last[: len(last) - len(path.suffix)][: MAX_NAME - len(suffix) - 8].rstrip(" .") or "file"
    suffix = suffix.rstrip(" .")
    found, number = f"{stem}{suffix}", 1
    while found.lower() in taken:
        number += 1
        found = f"{stem} ({number}){suffix}"
    return found


def copy_into(archive: zipfile.ZipFile, name: str, source: IO[bytes] | File[Any]) -> None:
    """Copy an open file into a zip under this name and close it; only one block of it is in memory.

    It is not compressed: photos and documents are already.
    """
    entry = zipfile.ZipInfo(name, date_time=timezone.now().timetuple()[:6])
    with source, archive.open(entry, "w", force_zip64=True) as copy:
        shutil.copyfileobj(source, copy, _BLOCK)

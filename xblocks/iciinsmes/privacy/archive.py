"""A person's data as a zip: one JSON file a room, the files, and a text that says what is what."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData, PersonalFile, sources
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

_BLOCK = 256 * 1024

MAX_NAME = 120

# Everything that is no letter, digit, or harmless mark, in whichever script: a zip is opened on any system.
_UNSAFE = re.compile(r"[^\w .()+,=@-]+")
#: Names that Windows keeps for its devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

_log = logging.getLogger(__name__)


def write_archive(*, user_id: int, course_key: CourseKey | None) -> IO[bytes]:
    """Write the zip into a temporary file, row by row and block by block, and return it at its beginning.

    Whatever the size, only one row or block is in memory. The text is in the active language.
    """
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the caller sends it and closes it
    missing: list[str] = []
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sources():
            data = source.keeper.export_person(user_id=user_id, course_key=course_key)
            _write_tables(archive, f"{source.name}.json", data)
            for file in data.files:
                stored_as = safe_name(file.name, taken)
                taken.add(stored_as.lower())
                if not _write_file(archive, f"files/{stored_as}", file):
                    missing.append(file.name)
        archive.writestr("README.txt", _readme(user_id, course_key, bool(taken), missing))
    target.seek(0)
    return target


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


def _write_tables(archive: zipfile.ZipFile, name: str, data: PersonalData) -> None:
    with archive.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, encoding="utf-8") as text:
        text.write("{")
        for number, (table, rows) in enumerate(data.tables.items()):
            text.write(f"{',' if number else ''}\n{json.dumps(table)}: [")
            _write_rows(text, rows)
            text.write("]")
        text.write("\n}\n")


def _write_rows(text: io.TextIOWrapper, rows: Iterable[Mapping[str, Any]]) -> None:
    for number, row in enumerate(rows):
        line = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        text.write(f"{',' if number else ''}\n{line}")


def _write_file(archive: zipfile.ZipFile, name: str, file: PersonalFile) -> bool:
    """Copy a file; one whose object is gone is told in the text, so that the rest is still handed out."""
    try:
        source = file.open()
    except FileNotFoundError:
        _log.exception("A file of an export is gone")
        return False
    # Photos and documents are compressed already.
    entry = zipfile.ZipInfo(name, date_time=timezone.now().timetuple()[:6])
    with source, archive.open(entry, "w", force_zip64=True) as copy:
        shutil.copyfileobj(source, copy, _BLOCK)
    return True


def _readme(user_id: int, course_key: CourseKey | None, has_files: bool, missing: list[str]) -> str:
    context = {
        "name": host().names([user_id]).get(user_id, ""),
        "course": host().course(course_key) if course_key else None,
        "now": timezone.now(),
        "rooms": [(f"{source.name}.json", source.words) for source in sources()],
        "has_files": has_files,
        "missing": missing,
    }
    return render_to_string("iciinsmes/privacy/readme.txt", context)

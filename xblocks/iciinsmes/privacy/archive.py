"""A person's data as a zip: one JSON file a room, the files, and a text that says what is what."""

from __future__ import annotations

import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.archives import copy_into, safe_name
from iciinsmes.lib.personal_data import PersonalData, PersonalFile, sources
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host

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
    copy_into(archive, name, source)
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

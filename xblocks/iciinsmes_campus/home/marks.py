"""Telling whether the folder with the files and the database belong together."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from .models import StorageMark

_FILE = "database-mark"


def owns_storage(home: Path) -> bool:
    """Tell whether the files in this folder are those of the database; the first start marks both.

    A folder without a mark is a new one, or one from before there were marks, and gets the database's. A database
    without a mark beside a marked folder is new or another one: it gets a mark of its own, and the folder keeps its.
    """
    file = home / _FILE
    in_folder = file.read_text(encoding="ascii", errors="replace").strip() if file.exists() else ""
    with transaction.atomic():
        row = StorageMark.objects.order_by("id").first() or StorageMark.objects.create()
    if not in_folder:
        file.write_text(str(row.id), encoding="ascii")
        return True
    return in_folder == str(row.id)


def forget_mark(home: Path) -> None:
    """Take the mark out of a folder whose database and files are thrown away."""
    (home / _FILE).unlink(missing_ok=True)

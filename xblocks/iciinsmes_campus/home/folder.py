"""Keeping the campus' folder for its owner: in it lie the secret key, names, mail and files of people."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from iciinsmes_campus.errors import CannotStart

from .models import StorageMark

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep_private(home: Path, database: Path | None = None) -> int:
    """Close the folder and what lies in it to everybody but its owner, and have new files made so.

    Args:
        home: the folder; made if it is missing.
        database: the file of a database that may lie elsewhere.

    Returns:
        How many files and folders were open to others until now.

    Raises:
        CannotStart: it is a folder that others need, or it belongs to somebody else.
    """
    os.umask(0o077)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = home.stat().st_mode
    if home == Path(home.anchor) or mode & stat.S_ISVTX:
        raise CannotStart(f"{home} is a folder for everybody. Set CAMPUS_HOME to a folder of the campus' own.")
    # Everything below is looked at only when somebody could have come in, and the files beside the folders always.
    was_open = bool(mode & _OTHERS)
    beside = database.parent.glob(f"{database.name}*") if database else ()
    return sum(_close(path) for path in (home, *(_below(home) if was_open else home.iterdir()), *beside))


def _below(home: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(home):
        yield from (Path(folder) / name for name in (*folders, *files))


def _close(path: Path) -> bool:
    """Take everybody else's rights; a link is left alone, because what it leads to is not the campus'."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & _OTHERS:
            return False
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise CannotStart(
            f"{path} is open to others on this machine and belongs to somebody else. Change its owner, or set "
            "CAMPUS_HOME to a folder of your own."
        ) from error
    return True


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

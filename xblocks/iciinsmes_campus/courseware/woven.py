"""A course's other languages as folders among the campus' data: made anew when sources or catalogues are others.

They are no sources: whatever lies below ``editions`` may be thrown away, and the next start makes it again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from iciinsmes_campus.editions import api as editions


class Weaver(Protocol):
    """Writes a course folder in another language, as `editions.api.weave_into` does."""

    def __call__(self, source: Path, target: Path, *, catalogues: Path, language: str) -> object:
        """Write it; what is there is replaced."""


def languages_of(folder: Path) -> tuple[str, ...]:
    """Return in which languages of this campus a course has catalogues."""
    known = {code for code, _name in settings.LANGUAGES}
    found = editions.languages_of(folder, catalogues=Path(settings.COURSE_CATALOGUES))
    return tuple(language for language in found if language in known)


@contextlib.contextmanager
def woven_folder(folder: Path, language: str, *, weave: Weaver | None = None) -> Iterator[Path]:
    """Give a course's folder in another language; nobody replaces it until the end of the block.

    Args:
        folder: the course as its author wrote it.
        language: one of `languages_of`.
        weave: writes the folder; the tools for editions by default.

    Raises:
        Exception: whatever is wrong with the catalogues.
    """
    catalogues = Path(settings.COURSE_CATALOGUES)
    place = Path(settings.HOME) / "editions" / folder.name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, stamp = place / language, place / f"{language}.made-of"
    # Commands read courses too while the campus starts; the lock ends with the process, however that ends.
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _made_of(folder, catalogues / folder.name / language)
        if not target.is_dir() or not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
            # Half a folder must not pass for a whole one, and what a killed process left is nobody's.
            stamp.unlink(missing_ok=True)
            for left in place.glob(".*"):
                shutil.rmtree(left, ignore_errors=True)
            (weave or editions.weave_into)(folder, target, catalogues=catalogues, language=language)
            fresh = stamp.with_name(f"{stamp.name}-{secrets.token_hex(4)}")
            fresh.write_text(wanted, encoding="ascii")
            os.replace(fresh, stamp)
        yield target


def _made_of(*folders: Path) -> str:
    """Return a hash of all files below the folders, and of the tools themselves."""
    digest = hashlib.sha256()
    for folder in (Path(editions.__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"\n{path.relative_to(folder).as_posix()}\0{content}".encode())
        digest.update(b"\n\n")
    return digest.hexdigest()

"""A course folder in another language: the same files, names and points, and other words."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from .catalogues import Translations, read_translations
from .countries import FOLDER, Country
from .documents import GRADING, has_texts, rewrite

SOURCE_LANGUAGE = "en"


@dataclass
class Woven:
    """What was met while a folder was woven: texts in all, and those that stayed English, with their files."""

    texts: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


def weave_into(source: Path, target: Path, *, catalogues: Path, language: str, country: Country | None = None) -> Woven:
    """Write a course folder in a language and for a country; a folder that is there is replaced at once.

    Texts without a translation stay English, and say so in pages with a ``lang`` at their element.

    Args:
        source: the course folder.
        target: the folder to write.
        catalogues: the folder that holds one folder of catalogues a course.
        language: its code; that of the source changes no word.
        country: whose edition; the one for all countries if None.

    Raises:
        UnreadableSource: if a file of the course is not what its name says.
        UnreadableCatalogue: if a catalogue cannot be read.
    """
    translations = translations_into(source, catalogues=catalogues, language=language)
    woven = Woven()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".weaving-") as folder:
        fresh = Path(folder) / target.name
        for name, content in woven_files(source, translations, country, woven):
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _put(fresh, target, Path(folder))
    return woven


def translations_into(source: Path, *, catalogues: Path, language: str) -> Translations | None:
    """Return what a language's catalogues say; None for the language of the source, or raise UnreadableCatalogue."""
    if language == SOURCE_LANGUAGE:
        return None
    return read_translations(source, catalogues=catalogues, language=language)


def woven_files(
    source: Path, translations: Translations | None, country: Country | None, woven: Woven
) -> Iterator[tuple[str, bytes]]:
    """Return the files of an edition by their names; a file that nothing changes comes as it is."""
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if not path.is_file() or name.startswith((".", f"{FOLDER}/")) or "/." in name:
            continue
        content = path.read_bytes()
        if (translations or country) and "/" in name and has_texts(name):
            content = _file(name, content, translations, country, woven)
        yield name, content


def _file(name: str, content: bytes, translations: Translations | None, country: Country | None, woven: Woven) -> bytes:
    def told_in(context: str, text: str) -> str | None:
        woven.texts += 1
        if translations is None:
            return None
        told = translations.of(context, text)
        if told is None:
            woven.missing.append((name, text))
        return told

    def translate(text: str, kind: str, _is_markup: bool) -> str | None:
        return told_in(GRADING if kind == GRADING else name, text)

    def finish(tree: etree._Element) -> None:
        if country:
            country.finish(tree, lambda text, _kind, _is_markup: told_in(country.file, text))

    return rewrite(
        name,
        content,
        translate,
        change=country.leave_out if country else None,
        finish=finish,
        mark=SOURCE_LANGUAGE if translations else "",
        language=translations.language if translations else "",
    )


def _put(fresh: Path, target: Path, beside: Path) -> None:
    """Put a finished folder in its place; nobody meets one that is half written."""
    if target.exists():
        os.replace(target, beside / "before")
    os.replace(fresh, target)
    shutil.rmtree(beside / "before", ignore_errors=True)

"""Catalogues of a course's translations: one a section and language, in gettext's format, kept with Babel.

A message has the file that it stands in as its context, so that the same English words can be said differently in two
units. A guess that Babel makes for a changed text is marked as fuzzy, and never shown to a learner.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from .countries import countries_of, read_country, texts_of_country
from .documents import GRADING, texts_of
from .errors import UnreadableCatalogue
from .outline import WHOLE, read_outline, text_files
from .plan import PLAN, read_plan, texts_of_plan
from .segments import Text, unfit

_DATES = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Language-Team|Last-Translator|Report-Msgid-Bugs-To):.*\n',
    re.M,
)
_HEADER = """\
# Texts of the course {course}, {catalogue}.
# Distributed under the licence of the package (Apache 2.0)."""


@dataclass(frozen=True)
class Translations:
    """What a language says, by file and English text; ``unused`` are texts that the course does not have any more."""

    language: str
    said: Mapping[tuple[str, str], str]
    fuzzy: frozenset[tuple[str, str]]
    unfit: Mapping[tuple[str, str], str]
    unused: int

    def of(self, file: str, text: str) -> str | None:
        """Return the translation of a text; None where there is none that can be used."""
        return self.said.get((file, text))


def languages_of(source: Path, *, catalogues: Path) -> tuple[str, ...]:
    """Return the languages that a course has catalogues of, by code.

    Args:
        source: the course folder.
        catalogues: the folder that holds one folder a course, and in it one a language.
    """
    root = catalogues / source.name
    return tuple(sorted(path.name for path in root.glob("*") if path.is_dir() and any(path.glob("*.po"))))


def read_translations(source: Path, *, catalogues: Path, language: str) -> Translations:
    """Return what a language's catalogues say.

    Raises:
        UnreadableCatalogue: if one of them is no catalogue.
    """
    paths = sorted((catalogues / source.name / language).glob("*.po"))
    return _translations(language, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=16)
def _translations(language: str, files: tuple[tuple[Path, int, int], ...]) -> Translations:
    """Read catalogues once for all editions; a file that has changed since is another one."""
    said: dict[tuple[str, str], str] = {}
    fuzzy: set[tuple[str, str]] = set()
    wrong: dict[tuple[str, str], str] = {}
    unused = 0
    for path, _changed, _size in files:
        catalogue = _read(path)
        unused += len(catalogue.obsolete)
        for message in catalogue:
            key = (message.context or "", str(message.id))
            if not message.id or not message.string:
                continue
            if message.fuzzy:
                fuzzy.add(key)
            elif problem := unfit(str(message.id), str(message.string), is_markup=_is_markup(message)):
                wrong[key] = problem
            else:
                said[key] = str(message.string)
    return Translations(language, said, frozenset(fuzzy), wrong, unused)


def extract(source: Path, *, catalogues: Path, languages: Iterable[str] = ()) -> dict[str, bytes]:
    """Return the catalogues that a course's texts ask for, by their path below the folder of the course's catalogues.

    What is translated stays; what is no longer in the course is kept at the end of its file, marked as unused.

    Args:
        source: the course folder.
        catalogues: the folder that holds one folder a course.
        languages: languages besides those that have catalogues already.

    Raises:
        UnreadableSource: if a file of the course cannot be read.
        UnreadableCatalogue: if a catalogue cannot be read.
    """
    root = catalogues / source.name
    templates = {name: _template(source.name, name, texts) for name, texts in _texts(source).items() if texts}
    made = {f"{name}.pot": _written(template) for name, template in templates.items()}
    for language in sorted({*languages, *languages_of(source, catalogues=catalogues)}):
        for name, template in templates.items():
            path = root / language / f"{name}.po"
            new = Catalog(locale=language, header_comment=template.header_comment)
            catalogue = _read(path) if path.is_file() else new
            catalogue.locale, catalogue.fuzzy, catalogue.project = language, False, template.project
            catalogue.update(template, update_header_comment=False, update_creation_date=False)
            made[f"{language}/{name}.po"] = _written(catalogue)
    return made


def _texts(source: Path) -> dict[str, list[tuple[str, Text]]]:
    """Return the texts by the catalogue that they belong to, each with its file, in the order of the course."""
    outline = read_outline(source)
    files = dict.fromkeys([file for unit in outline.units for file in unit.files])
    found: dict[str, list[tuple[str, Text]]] = {WHOLE: [], **{name: [] for name, _title in outline.sections}}
    for file in dict.fromkeys([*files, *text_files(source)]):
        for text in texts_of(file, (source / file).read_bytes()):
            whole = text.kind == GRADING
            found[WHOLE if whole else outline.section_of.get(file, WHOLE)].append((GRADING if whole else file, text))
    for code in countries_of(source):
        country = read_country(source, code)
        found[WHOLE] += [(country.file, text) for text in texts_of_country(country)]
    plan = read_plan(source)
    found[WHOLE] += [(PLAN, text) for text in texts_of_plan(plan)] if plan else []
    return found


def _template(course: str, name: str, texts: list[tuple[str, Text]]) -> Catalog:
    catalogue = Catalog(
        project=f"{course} {name}", header_comment=_HEADER.format(course=course, catalogue=name), fuzzy=False
    )
    for file, text in texts:
        flags = [] if text.is_markup else ["no-markup"]
        catalogue.add(text.text, context=file, auto_comments=[text.kind], flags=flags)
    return catalogue


def _is_markup(message: Message) -> bool:
    return "no-markup" not in message.flags


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise UnreadableCatalogue(f"{path.name}: {error}") from error


def _written(catalogue: Catalog) -> bytes:
    """Return a catalogue without the dates of its making: two runs over the same texts make the same bytes."""
    file = io.BytesIO()
    write_po(file, catalogue, width=110, sort_output=False)
    return _DATES.sub(b"", file.getvalue())

"""What is wrong with a course's sources or its editions, said for its authors, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .catalogues import extract, languages_of, read_translations
from .countries import countries_of, marked_places, read_country
from .documents import AUTHOR_HTML
from .minutes import WORDS_A_MINUTE, minutes_by_section, strange_marks, words
from .outline import Outline, read_outline
from .plan import read_plan, too_little
from .reading import FORMULAS, ease
from .report import read_pieces
from .segments import parse_html

#: Nobody reads longer than this between two customers.
LONGEST_READING = 5


def problems(source: Path, *, catalogues: Path) -> list[str]:
    """Return what has to be mended in a course before it is built; empty if nothing.

    Args:
        source: the course folder.
        catalogues: the folder that holds one folder of catalogues a course.

    Raises:
        EditionError: if a file cannot be read at all.
    """
    outline = read_outline(source)
    return [
        *_readings(source, outline),
        *sorted(set(strange_marks(source, outline.units))),
        *_hours(source, outline),
        *_countries(source, outline),
        *_catalogues(source, catalogues),
    ]


def _readings(source: Path, outline: Outline) -> Iterator[str]:
    formula = FORMULAS["en"]
    for unit in outline.units:
        found = ease(read_pieces(source, unit), "en")
        if found is not None and found.ease < formula.b2:
            yield f"{unit.name} is harder than B2: reading ease {found.ease:.0f}, {formula.b2:.0f} is wanted"
        length = words(source, unit) / WORDS_A_MINUTE
        if not unit.is_for_staff and length > LONGEST_READING:
            yield f"{unit.name} takes {length:.1f} minutes to read, {LONGEST_READING} are allowed"


def _hours(source: Path, outline: Outline) -> list[str]:
    plan = read_plan(source)
    return too_little(plan, minutes_by_section(source, outline)) if plan else []


def _countries(source: Path, outline: Outline) -> Iterator[str]:
    trees = [
        parse_html(path.read_text(encoding="utf-8"))
        for folder in ("html", "about", "info")
        for path in sorted((source / folder).glob("*.html"))
    ]
    trees += [
        parse_html(element.text or "")
        for unit in outline.units
        for block in unit.blocks
        for element in block.iter(*AUTHOR_HTML)
        if (element.text or "").strip()
    ]
    places = marked_places(trees)
    for code in countries_of(source):
        for key in sorted(read_country(source, code).texts.keys() - places):
            yield f"editions/{code}.toml says {key}, which no page asks for"


def _catalogues(source: Path, catalogues: Path) -> Iterator[str]:
    root = catalogues / source.name
    for name, content in extract(source, catalogues=catalogues).items():
        path = root / name
        if not path.is_file() or path.read_bytes() != content:
            yield f"{name} is older than the course: run make catalogues"
    for language in languages_of(source, catalogues=catalogues):
        told = read_translations(source, catalogues=catalogues, language=language)
        for (file, text), problem in told.unfit.items():
            yield f"{language}: the translation of “{text[:60]}” in {file} {problem}"

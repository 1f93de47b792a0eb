"""A report a unit: how long it takes, how easy it is to read, and what of it is not translated yet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .documents import texts_of
from .minutes import KINDS, minutes, words
from .outline import CourseUnit, Outline
from .reading import FORMULAS, Ease, ease
from .segments import plain

#: What is read in sentences; titles, cells and text alternatives are not.
_SENTENCES = frozenset(["p", "li", "label", "choicehint", "optionhint", "hint", "level", "check", "td", "div"])


@dataclass(frozen=True)
class UnitReport:
    """One line of the report; ``missing`` counts the texts without a translation by language."""

    unit: CourseUnit
    words: int
    minutes: Mapping[str, float]
    ease: Mapping[str, Ease | None]
    missing: Mapping[str, int]


def read_pieces(folder: Path, unit: CourseUnit) -> list[str]:
    """Return the texts of a unit that are read as sentences, without markup."""
    return [
        plain(text)
        for file in unit.files
        for text in texts_of(file, (folder / file).read_bytes())
        if text.kind in _SENTENCES
    ]


def report(
    source: Path, outline: Outline, *, folders: Mapping[str, Path], missing: Mapping[str, Iterable[tuple[str, str]]]
) -> list[UnitReport]:
    """Return the report of a course, unit by unit.

    Args:
        source: the course folder.
        outline: its outline.
        folders: the woven folders by language; that of the source too.
        missing: the files and texts without a translation, by language.
    """
    gaps = {language: Counter(file for file, _text in texts) for language, texts in missing.items()}
    return [
        UnitReport(
            unit=unit,
            words=words(source, unit),
            minutes=minutes(source, unit),
            ease={
                language: ease(read_pieces(folder, unit), language) if language in FORMULAS else None
                for language, folder in folders.items()
            },
            missing={language: sum(count[file] for file in unit.files) for language, count in gaps.items()},
        )
        for unit in outline.units
    ]


def too_hard(lines: Sequence[UnitReport]) -> list[str]:
    """Return a line about each unit that is harder than level B2 in a language that can be judged."""
    return [
        f"{line.unit.name} is harder than B2 in {language}: its ease is {found.ease:.0f} of {FORMULAS[language].b2:.0f}"
        for line in lines
        for language, found in line.ease.items()
        if found is not None and found.ease < FORMULAS[language].b2
    ]


def as_table(lines: Sequence[UnitReport]) -> str:
    """Return the report as CSV with semicolons, one line a unit, numbers with a decimal point."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    languages = list(lines[0].ease) if lines else []
    gaps = list(lines[0].missing) if lines else []
    writer.writerow(
        [
            *("section", "subsection", "unit", "title", "for staff", "words"),
            *(f"minutes {kind}" for kind in KINDS),
            *(f"{what} {language}" for language in languages for what in ("ease", "words a sentence")),
            *(f"missing {language}" for language in gaps),
        ]
    )
    for line in lines:
        writer.writerow(
            [
                *(line.unit.section, line.unit.subsection, line.unit.name, line.unit.title),
                *("yes" if line.unit.is_for_staff else "", line.words),
                *(round(line.minutes.get(kind, 0)) for kind in KINDS),
                *(cell for language in languages for cell in _ease_cells(line.ease[language])),
                *(line.missing[language] for language in gaps),
            ]
        )
    return written.getvalue()


def _ease_cells(found: Ease | None) -> Iterator[str]:
    yield "not judged" if found is None else f"{found.ease:.0f}"
    yield "" if found is None else f"{found.words_a_sentence:.1f}"

"""Catalogues of small courses for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

#: The small course in German.
GERMAN = {
    "course/2026.xml": {"Small course": "Kleiner Kurs"},
    "chapter/c1.xml": {"Section": "Abschnitt"},
    "sequential/s1.xml": {"Subsection": "Unterabschnitt"},
    "vertical/u1.xml": {
        "Unit": "Einheit",
        "Pick one": "Eines wählen",
        "Which one is a fruit?": "Was davon ist Obst?",
        "A hammer": "Ein Hammer",
        "An apple": "Ein Apfel",
    },
    "html/h1.xml": {"Text": "Ein Text"},
    "html/h1.html": {"Hello <b>reader</b>": "Hallo <b>Leser</b>"},
}


def translate(
    catalogues: Path, said: Mapping[str, Mapping[str, str]] = GERMAN, *, language: str = "de", course: str = "small"
) -> Path:
    """Write what a language says by file and text, and return the catalogue."""
    catalogue = Catalog(locale=language)
    for file, texts in said.items():
        for text, translation in texts.items():
            catalogue.add(text, translation, context=file)
    path = catalogues / course / language / "course.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalogue)
    return path

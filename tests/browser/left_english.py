"""What of a course is still in English on a page in another language.

The words come from the files of the course and its catalogues: nothing that reads the same in both languages, as names
and numbers do, is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from iciinsmes_campus.editions.catalogues import Translations, read_translations
from iciinsmes_campus.editions.documents import GRADING, texts_of
from iciinsmes_campus.editions.outline import CourseUnit
from iciinsmes_campus.editions.segments import Text, plain

#: Shorter ones may stand in a sentence of any language; they count where they stand alone.
_LONG = 4
#: Words of every English sentence, and of no other language of the campus.
_ENGLISH = frozenset(
    re.findall(r"\w+", "and are because from have is of that the their they this to what which with you your")
)
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(f"{kind} display_name" for kind in ("chapter", "course", "sequential", "vertical"))


@dataclass(frozen=True)
class Shown:
    """What a page says: its text as one, its lines, and what it says in attributes."""

    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LeftEnglish:
    """Finds English texts of a course on pages in ``language``."""

    source: Path
    catalogues: Path
    language: str

    def on_page_of(self, units: Iterable[CourseUnit], page: Shown) -> list[str]:
        """Return the English texts of units, and the titles of the course, that stand on a page."""
        files = dict.fromkeys(file for unit in units for file in unit.files)
        return self._among([text for file in files for text in self._changed(file)], page)

    def in_file(self, name: str, content: bytes) -> list[str]:
        """Return the English texts that stand in a file which the campus has served.

        Args:
            name: its path in the folder of the course.
            content: its bytes.
        """
        changed = {plain(text) for text in self._changed(name)}
        return [text for text in map(plain, texts_of(name, content)) if text in changed]

    def _among(self, texts: list[Text], page: Shown) -> list[str]:
        whole, lines = _close(page.text), {_close(line) for line in page.lines}
        wanted = dict.fromkeys(map(plain, [*texts, *self._titles]))
        return [text for text in wanted if _close(text) in (whole if len(text.split()) >= _LONG else lines)]

    @cached_property
    def _titles(self) -> list[Text]:
        """Return the titles of all parts: they stand on pages of their neighbours too."""
        files = (path.relative_to(self.source).as_posix() for path in sorted(self.source.glob("*/*.xml")))
        return [text for file in files for text in self._changed(file) if text.kind in _TITLES]

    def _changed(self, file: str) -> Iterator[Text]:
        """Yield the texts of a file that read otherwise in the language, or have no translation."""
        for text in texts_of(file, (self.source / file).read_bytes()):
            context = GRADING if text.kind == GRADING else file
            told = self._translations.of(context, text.text)
            if told is None or _close(plain(Text(told, text.kind, text.is_markup))) != _close(plain(text)):
                yield text

    @cached_property
    def _translations(self) -> Translations:
        return read_translations(self.source, catalogues=self.catalogues, language=self.language)


def english_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines that read as English sentences, wherever they come from."""
    found = []
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line)]
        if len(words) >= 5 and sum(word in _ENGLISH for word in words) >= max(2, len(words) / 4):
            found.append(line)
    return found


def _close(text: str) -> str:
    """Return a text without its spaces: markup and lines break it at other places."""
    return "".join(text.split())

"""Listens to the XML of an office document and keeps what can be read: headings, paragraphs, points and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .parts import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Heading, Rows, Words
from .vocabularies import ElementRole, Vocabulary

#: How Word calls its headings in every language; programs for Office write the same names.
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLES = frozenset({"title", "subtitle"})
_LISTS = ("list bullet", "list number")
_SPACES_AT_ONCE = 40
_GAP = re.compile(r"[ \t\r\n]+")


@dataclass
class _Paragraph:
    """One that has begun; ``level`` is 0 for what is no heading."""

    level: int
    is_point: bool
    words: list[str] = field(default_factory=list)


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)

    def add_to_cell(self, text: str) -> None:
        if not self.rows or not self.rows[-1]:
            return
        row = self.rows[-1]
        row[-1] = f"{row[-1]}\n{text}" if row[-1] else text


class Listener:
    """What was read so far is in ``parts``; ``is_full`` once that is as much as is shown."""

    def __init__(self, vocabulary: Vocabulary, style_names: Mapping[str, str] | None = None) -> None:
        """Listen to one part of a document.

        Args:
            vocabulary: what its elements mean.
            style_names: id of a style to its name, where paragraphs name their style by an id.
        """
        self.parts: list[Heading | Words | Rows] = []
        self.is_full = False
        self._vocabulary = vocabulary
        self._styles = style_names or {}
        # Word puts words into elements of their own; elsewhere a paragraph's words are its own.
        self._words_stand_apart = ElementRole.TEXT in vocabulary.roles.values()
        self._characters = 0
        self._skipping = 0
        self._in_text = 0
        self._points = 0
        self._is_title = False
        self._tables: list[_Table] = []
        # Several, because a box of text may stand within a paragraph, and has paragraphs of its own.
        self._open: list[_Paragraph] = []
        self._slides = 0
        self._untitled: Heading | None = None

    def begin_slide(self) -> None:
        """Put a heading before what comes; the slide's own title takes its place."""
        self._slides += 1
        self._untitled = Heading(_("Slide %(number)d") % {"number": self._slides}, 1)
        self.parts.append(self._untitled)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""
        role = self._vocabulary.roles.get(tag)
        if self._skipping or role is ElementRole.SKIP:
            self._skipping += 1
            return
        match role:
            case ElementRole.PARAGRAPH:
                self._open.append(_Paragraph(level=0, is_point=self._points > 0))
            case ElementRole.HEADING:
                level = _number(attributes.get(self._vocabulary.level), 1)
                self._open.append(_Paragraph(level=level, is_point=False))
            case ElementRole.TEXT:
                self._in_text += 1
            case ElementRole.POINT:
                # In a list of OpenDocument the item stands around its paragraphs, in Word a mark within each.
                self._points += 1
                if self._open:
                    self._open[-1].is_point = True
            case ElementRole.STYLE if self._open:
                self._style(self._open[-1], attributes.get(self._vocabulary.value, ""))
            case ElementRole.SHAPE | ElementRole.TITLE:
                self._is_title = attributes.get(self._vocabulary.value, "") in self._vocabulary.titles
            case ElementRole.SLIDE:
                self.begin_slide()
            case ElementRole.TABLE:
                self._tables.append(_Table())
            case ElementRole.ROW if self._tables:
                self._tables[-1].rows.append([])
            case ElementRole.CELL if self._tables and self._tables[-1].rows:
                repeated = _number(attributes.get(self._vocabulary.repeated), 1)
                self._tables[-1].rows[-1] += [""] * min(repeated, MAX_COLUMNS)
            case ElementRole.BREAK:
                self._add("\n")
            case ElementRole.TAB:
                self._add("\t")
            case ElementRole.SPACES:
                self._add(" " * min(_number(attributes.get(self._vocabulary.count), 1), _SPACES_AT_ONCE))

    def end(self, tag: str) -> None:
        """Hear that an element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        match self._vocabulary.roles.get(tag):
            case ElementRole.PARAGRAPH | ElementRole.HEADING if self._open:
                self._finish(self._open.pop())
            case ElementRole.TEXT:
                self._in_text -= 1
            case ElementRole.POINT:
                self._points -= 1
            case ElementRole.SHAPE:
                self._is_title = False
            case ElementRole.TABLE if self._tables:
                self._finish_table()
            case _:
                pass

    def text(self, words: str) -> None:
        """Hear the words of an element."""
        if self._skipping:
            return
        if not self._words_stand_apart:
            # What OpenDocument means as more than one space it says so.
            self._add(_GAP.sub(" ", words))
        elif self._in_text:
            self._add(words)

    def _add(self, words: str) -> None:
        if self._open:
            self._open[-1].words.append(words)

    def _finish(self, done: _Paragraph) -> None:
        text = "".join(done.words).strip()
        if not text:
            return
        if self._tables:
            self._tables[-1].add_to_cell(text)
        elif self._is_title and self._untitled is not None:
            self.parts[self.parts.index(self._untitled)] = Heading(text, 1)
            self._untitled = None
        elif done.level:
            self.parts.append(Heading(text, min(done.level, 6)))
        else:
            self.parts.append(Words(text, is_point=done.is_point))
        self._count(text)

    def _finish_table(self) -> None:
        table = self._tables.pop()
        rows = [row for row in table.rows if any(row)]
        if self._tables:
            # A table within a cell: its words are what can be read of it there.
            self._tables[-1].add_to_cell("\n".join(" · ".join(cell for cell in row if cell) for row in rows))
        elif rows:
            self.is_full = self.is_full or len(rows) > MAX_ROWS
            self.parts.append(Rows([row[:MAX_COLUMNS] for row in rows[:MAX_ROWS]]))

    def _count(self, text: str) -> None:
        self._characters += len(text)
        self.is_full = self.is_full or self._characters > MAX_CHARACTERS

    def _style(self, paragraph: _Paragraph, style: str) -> None:
        name = self._styles.get(style, style).casefold()
        if name in _TITLES:
            paragraph.level = 1
        elif found := _HEADING.fullmatch(name):
            paragraph.level = int(found[1])
        elif name.startswith(_LISTS):
            paragraph.is_point = True


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise

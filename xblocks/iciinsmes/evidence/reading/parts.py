"""What a page shows of a file, in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: So much of one file is read in place; whoever wants more saves it.
MAX_CHARACTERS = 200_000
MAX_PAGES = 100
MAX_ROWS = 200
MAX_COLUMNS = 30


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` counts from 1, the title of the document or of a slide."""

    text: str
    level: int
    kind: str = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph, or a point of a list. Line ends within it are kept."""

    text: str
    is_point: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Rows:
    """A table; the first of ``rows`` holds headings if ``has_head``."""

    rows: Sequence[Sequence[str]]
    has_head: bool = False
    kind: str = "rows"


@dataclass(frozen=True)
class Page:
    """A page that is shown as a picture.

    ``number`` counts from 1, ``width`` and ``height`` are in pixels of the picture, ``words`` what a machine reads on
    it; empty for a scan.
    """

    number: int
    width: int
    height: int
    words: str
    kind: str = "page"


@dataclass(frozen=True)
class Reading:
    """All that is shown; ``is_cut`` if the file has more of it, ``page_count`` is 0 for what has no pages."""

    parts: Sequence[Heading | Words | Rows | Page]
    is_cut: bool = False
    page_count: int = 0

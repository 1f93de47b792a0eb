"""What the elements of office documents mean, by format: which are paragraphs, tables, headings, and which are skipped.

Sources: ECMA-376 part 1 (WordprocessingML 17, DrawingML 21), OpenDocument 1.3 part 3 (5 to 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


class ElementRole(Enum):
    """What an element does to what is read."""

    PARAGRAPH = auto()
    TEXT = auto()
    HEADING = auto()
    POINT = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    BREAK = auto()
    TAB = auto()
    SPACES = auto()
    STYLE = auto()
    TITLE = auto()
    SHAPE = auto()
    SLIDE = auto()
    SKIP = auto()


@dataclass(frozen=True)
class Vocabulary:
    """The elements of one format, written as ``namespace name``.

    ``value`` is the attribute that says which style or kind of place it is, ``level`` the one of a heading's level,
    ``repeated`` that of a cell that stands for several; ``titles`` are values of a place for a slide's title.
    """

    roles: Mapping[str, ElementRole]
    value: str = ""
    level: str = ""
    repeated: str = ""
    count: str = ""
    titles: frozenset[str] = frozenset()


#: Old programs read the fallback; it says the same as what stands beside it.
_FALLBACK = {f"{_COMPATIBILITY} Fallback": ElementRole.SKIP}

WORD = Vocabulary(
    roles={
        f"{_WORD} p": ElementRole.PARAGRAPH,
        f"{_WORD} t": ElementRole.TEXT,
        f"{_WORD} pStyle": ElementRole.STYLE,
        f"{_WORD} numPr": ElementRole.POINT,
        f"{_WORD} tbl": ElementRole.TABLE,
        f"{_WORD} tr": ElementRole.ROW,
        f"{_WORD} tc": ElementRole.CELL,
        f"{_WORD} br": ElementRole.BREAK,
        f"{_WORD} cr": ElementRole.BREAK,
        f"{_WORD} tab": ElementRole.TAB,
        # Where tab stops are set, none is typed.
        f"{_WORD} tabs": ElementRole.SKIP,
        **_FALLBACK,
    },
    value=f"{_WORD} val",
)
SLIDE = Vocabulary(
    roles={
        f"{_DRAWING} p": ElementRole.PARAGRAPH,
        f"{_DRAWING} t": ElementRole.TEXT,
        f"{_DRAWING} br": ElementRole.BREAK,
        f"{_DRAWING} tbl": ElementRole.TABLE,
        f"{_DRAWING} tr": ElementRole.ROW,
        f"{_DRAWING} tc": ElementRole.CELL,
        f"{_SLIDES} sp": ElementRole.SHAPE,
        f"{_SLIDES} ph": ElementRole.TITLE,
        **_FALLBACK,
    },
    value="type",
    titles=frozenset({"title", "ctrTitle"}),
)
OPEN_DOCUMENT = Vocabulary(
    roles={
        f"{_ODF}:text:1.0 p": ElementRole.PARAGRAPH,
        f"{_ODF}:text:1.0 h": ElementRole.HEADING,
        f"{_ODF}:text:1.0 list-item": ElementRole.POINT,
        f"{_ODF}:text:1.0 line-break": ElementRole.BREAK,
        f"{_ODF}:text:1.0 tab": ElementRole.TAB,
        f"{_ODF}:text:1.0 s": ElementRole.SPACES,
        f"{_ODF}:table:1.0 table": ElementRole.TABLE,
        f"{_ODF}:table:1.0 table-row": ElementRole.ROW,
        f"{_ODF}:table:1.0 table-cell": ElementRole.CELL,
        f"{_ODF}:drawing:1.0 page": ElementRole.SLIDE,
        f"{_ODF}:drawing:1.0 frame": ElementRole.SHAPE,
        # What was deleted with changes tracked, what others noted at the side, and the speaker's notes.
        f"{_ODF}:text:1.0 tracked-changes": ElementRole.SKIP,
        f"{_ODF}:office:1.0 annotation": ElementRole.SKIP,
        f"{_ODF}:presentation:1.0 notes": ElementRole.SKIP,
    },
    value=f"{_ODF}:presentation:1.0 class",
    level=f"{_ODF}:text:1.0 outline-level",
    repeated=f"{_ODF}:table:1.0 number-columns-repeated",
    count=f"{_ODF}:text:1.0 c",
    titles=frozenset({"title"}),
)

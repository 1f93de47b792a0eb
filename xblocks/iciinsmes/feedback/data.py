"""What the room of feedback takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from iciinsmes.evidence.data import MEGABYTE, EvidenceRules

#: The kind of subject of files that an assessor adds: the id of one is that of the assessment.
FEEDBACK = "feedback"

#: Where a comment can stand: at an answer, at a file, or at what is handed in beside files.
PLACES = ("answer", "file", "item")

#: Characters of a comment, and of the passage that it is about.
MAX_TEXT = 5_000
MAX_QUOTE = 2_000
#: Comments of one assessment.
MAX_REMARKS = 200

#: What an assessor may add for the learner.
FILE_RULES = EvidenceRules(
    max_files=5,
    max_file_bytes=20 * MEGABYTE,
    max_total_bytes=50 * MEGABYTE,
    kinds=("audio", "document", "table", "photo"),
)


@dataclass(frozen=True)
class Anchor:
    """Where a comment stands in a round, which never changes.

    ``place`` is one of `PLACES`, ``target`` the key of the question or the id of the piece of evidence. ``page`` counts
    those of a PDF from 1, 0 for the whole file. ``quote`` is the passage of the answer and ``start`` the place of its
    first character, with line ends as one character each; empty and None for the whole answer.
    """

    place: str
    target: str
    page: int = 0
    start: int | None = None
    quote: str = ""

    @property
    def end(self) -> int | None:
        """Where the passage ends."""
        return None if self.start is None else self.start + len(self.quote)


@dataclass(frozen=True)
class RemarkData:
    """One comment; ``number`` tells it from the others of its assessment, ``revision`` counts changes from 1."""

    id: UUID
    number: int
    anchor: Anchor
    text: str
    revision: int


@dataclass(frozen=True)
class GivenFile:
    """A file that was released with an assessment."""

    id: UUID
    name: str
    description: str
    size: int
    content_type: str

    @property
    def is_sound(self) -> bool:
        """Whether it can be listened to."""
        return self.content_type.startswith("audio/")


@dataclass(frozen=True)
class FeedbackData:
    """What one assessment says: comments in the order of their numbers, and its released files."""

    remarks: tuple[RemarkData, ...] = ()
    files: tuple[GivenFile, ...] = ()

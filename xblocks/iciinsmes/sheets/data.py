"""What the sheets room takes and hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

#: What clears a cell: an empty one means that nothing changes.
CLEAR = "[-]"


class Table(StrEnum):
    """The tables that a course run can be taken out as."""

    RESULTS = "results"
    ROUNDS = "rounds"
    HOURS = "hours"
    MENTORS = "mentors"


@dataclass(frozen=True)
class SheetNarrowing:
    """What a table or an archive is narrowed to, named as in the address of the queue; empty for everything.

    ``assignment`` is the key of a block, ``firm`` and ``q`` are parts of the names of a firm and of a learner,
    ``coach`` is a user id, ``open`` is "1" for rounds that can be assessed now.
    """

    assignment: str = ""
    firm: str = ""
    coach: str = ""
    q: str = ""
    open: str = ""

    @property
    def values(self) -> dict[str, str]:
        """What is chosen, by the name of the condition."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """The part of an address behind the question mark."""
        return urlencode(self.values)


class LineVerdict(StrEnum):
    """What becomes of a line of a sheet."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class ImportState(StrEnum):
    """Where an import stands; a worker is at it in the states that end in -ing."""

    CHECKING = "checking"
    CHECKED = "checked"
    SAVING = "saving"
    SAVED = "saved"
    UNDOING = "undoing"
    UNDONE = "undone"


#: States in which somebody waits for a worker.
AT_WORK = frozenset({ImportState.CHECKING, ImportState.SAVING, ImportState.UNDOING})


@dataclass(frozen=True)
class Graded:
    """Points, comments and feedback of one round, as they are or as a sheet wants them."""

    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    feedback: str

    def to_json(self) -> dict[str, Any]:
        """Return the same as it is kept."""
        points = {key: str(value) for key, value in self.points.items()}
        return {"points": points, "comments": dict(self.comments), "feedback": self.feedback}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Graded:
        """Read what `to_json` returned."""
        points = {key: Decimal(value) for key, value in kept["points"].items()}
        return cls(points, dict(kept["comments"]), kept["feedback"])


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet: its number in the file, its cells by the key of their column, and the round that it names."""

    number: int
    cells: Mapping[str, str]
    round_id: UUID | None


@dataclass(frozen=True)
class GradeSheet:
    """A sheet of grades as it was read: its lines, and names of columns that mean nothing here."""

    lines: tuple[SheetLine, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class LineProblem:
    """Why a line is refused; ``column`` is the name of the column at fault, empty for the line as a whole."""

    column: str
    text: str


@dataclass(frozen=True)
class CellOfSheetChange:
    """One cell that changes: what it is about, and both values as people read them."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class LineData:
    """A line of an import as pages show it.

    ``undone`` is "undone" or "kept" after an undo. ``now`` has, for a line that could not be undone, what stands there
    in place of what was imported.
    """

    number: int
    verdict: LineVerdict
    round_id: UUID | None
    learner: str
    title: str
    round_number: int
    changes: tuple[CellOfSheetChange, ...]
    problems: tuple[LineProblem, ...]
    undone: str
    now: tuple[CellOfSheetChange, ...] = ()


@dataclass(frozen=True)
class GradeImportData:
    """An import: where it stands, and how many lines it has of each kind; ``done`` of ``total`` are looked at."""

    id: UUID
    name: str
    state: ImportState
    done: int
    total: int
    changed: int
    unchanged: int
    refused: int
    undone: int
    kept: int
    ignored: tuple[str, ...]
    was_stale: bool
    created_at: datetime
    saved_at: datetime | None

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in AT_WORK


@dataclass(frozen=True)
class LinePage:
    """A page of an import's lines, and the number behind which the next one begins; None for the last."""

    lines: tuple[LineData, ...]
    next_after: int | None


class ArchiveState(StrEnum):
    """Where an archive stands."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class ArchivePart:
    """A zip of an archive: rounds and files in it, and its size in bytes."""

    number: int
    size: int
    rounds: int
    files: int


@dataclass(frozen=True)
class ArchiveData:
    """All evidence of a course run or of a part of it, as one or several zips; ``done`` of ``total`` rounds are in."""

    id: UUID
    title: str
    state: ArchiveState
    done: int
    total: int
    parts: tuple[ArchivePart, ...]
    created_at: datetime
    ends_at: datetime | None

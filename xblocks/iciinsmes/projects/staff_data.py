"""What coaches, teachers and coordinators are shown of projects, as their pages take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from .data import Decider, EntryData, Gate, Kind, Light, OverrideData, TalkData, Trigger
from .rule_data import Finding


@dataclass(frozen=True)
class AskedData:
    """An open request for a decision at a gate: whom it waits for, since when, and for how many working days."""

    request_id: UUID
    project_id: UUID
    course_key: CourseKey
    title: str
    company: str
    gate: Gate
    waits_for: tuple[Decider, ...]
    asked_at: datetime
    working_days: int
    is_late: bool = False


@dataclass(frozen=True)
class StepData:
    """A measure as a coach looks at it; ``who`` is a name or a role, ``blocked`` what it is blocked by."""

    id: UUID
    title: str
    who: str = ""
    due: date | None = None
    blocked: str = ""
    is_overdue: bool = False


@dataclass(frozen=True)
class AgreedData:
    """What was agreed in a talk; ``done`` is the percentage of the measure, None for none (any more)."""

    number: int
    text: str
    measure: UUID | None = None
    done: int | None = None


@dataclass(frozen=True)
class BoardProject:
    """A project on its coach's board.

    ``finding`` is the worst that the rules say, None for nothing; ``override`` is the light that a coach has set.
    ``since`` is the moment after which changes are counted: that of the last talk, the project's start before the
    first. ``changes`` counts entries by kind, ``newest`` are at most three of them. ``pause`` is the one that runs or
    comes next, as first and last day.
    """

    id: UUID
    course_key: CourseKey
    title: str
    company: str
    light: Light
    gate: int
    ended_on: date | None
    stopped: bool
    finding: Finding | None
    override: OverrideData | None
    last_talk: TalkData | None
    since: datetime
    changes: Mapping[Kind, int]
    newest: tuple[EntryData, ...]
    steps: tuple[StepData, ...]
    blocked: tuple[StepData, ...]
    agreed: tuple[AgreedData, ...]
    pause: tuple[date, date] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the project has not ended."""
        return self.ended_on is None


@dataclass(frozen=True)
class BoardPage:
    """A page of a coach's board, worst light first; ``total`` counts all projects, ``asked`` is only on the first page.

    ``next_after`` is the mark of the next page, None on the last one.
    """

    projects: tuple[BoardProject, ...]
    asked: tuple[AskedData, ...]
    total: int
    next_after: str | None


@dataclass(frozen=True)
class CoachedFirm:
    """A firm's project in a coach's list: its light, what waits for the coach, the last talk and the next."""

    id: UUID
    course_key: CourseKey
    title: str
    company: str
    light: Light
    gate: int
    ended_on: date | None
    stopped: bool
    asked: AskedData | None
    talked_on: date | None
    next_on: date | None


@dataclass(frozen=True)
class CoachedFirms:
    """The first of a coach's firms, worst light first; ``total`` counts all of them."""

    firms: tuple[CoachedFirm, ...]
    total: int


@dataclass(frozen=True)
class MatrixFilter:
    """What a matrix is narrowed to; None and empty words for everything."""

    light: Light | None = None
    gate: int | None = None
    coach_id: int | None = None
    trigger: Trigger | None = None
    trade: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == MatrixFilter()


@dataclass(frozen=True)
class Unanswered:
    """What of a firm waits for staff: how much, since when, and for how many working days."""

    count: int
    oldest: datetime
    working_days: int
    is_late: bool


@dataclass(frozen=True)
class MatrixRow:
    """A project in the matrix.

    ``passed`` holds gate to the day on which it was passed, ``brought_in`` those of them that came in a file; ``asked``
    is the open request at the gate before which it stands. A request that waits for staff is among ``unanswered``.
    """

    id: UUID
    title: str
    company: str
    coaches: tuple[str, ...]
    light: Light
    gate: int
    ended_on: date | None
    stopped: bool
    passed: Mapping[int, date]
    brought_in: frozenset[int]
    finding: Finding | None
    asked: AskedData | None
    unanswered: Unanswered | None


@dataclass(frozen=True)
class MatrixPage:
    """A page of the matrix, worst light first; ``next_after`` is the mark of the next page."""

    rows: tuple[MatrixRow, ...]
    next_after: str | None


@dataclass(frozen=True)
class MatrixChoices:
    """What a matrix can be narrowed to besides what every run has: coaches by user id, and trades."""

    coaches: tuple[tuple[int, str], ...]
    trades: tuple[str, ...]


@dataclass(frozen=True)
class CountedGroup:
    """A group of a table of aggregates; ``count`` is None where it is hidden."""

    key: str
    count: int | None


@dataclass(frozen=True)
class Aggregate:
    """A table of aggregates; ``name`` says by what projects are grouped.

    Of groups in a firm's own words the hidden ones are not named either, because a rare trade is one firm: ``unnamed``
    is how many these are.
    """

    name: str
    groups: tuple[CountedGroup, ...]
    unnamed: int = 0


@dataclass(frozen=True)
class Overview:
    """Aggregates of a course run; ``total`` is None, and there are no tables, where fewer than five projects are."""

    total: int | None
    tables: tuple[Aggregate, ...] = ()

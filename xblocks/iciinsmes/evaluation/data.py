"""What comes out of the door of evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

#: The statements about a cycle, each answered from 1 to 5.
STATEMENTS = ("useful", "worth", "next_step")
LOWEST, HIGHEST = 1, 5
#: Months after the end of a run at which learners are asked what has stayed.
MONTHS = (3, 6)
#: The questions of the mail about what has stayed.
KEPT = ("still_used", "effect_seen", "others_use")
MAX_TEXT = 2000


class Obstacle(StrEnum):
    """What stopped somebody."""

    TIME = "time"
    DATA = "data"
    COLLEAGUES = "colleagues"
    BOSS = "boss"
    TECHNIQUE = "technique"
    OTHER = "other"


class KeptAnswer(StrEnum):
    """An answer to a question of the mail about what has stayed."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ReportState(StrEnum):
    """Whether a report is being made; one that nobody may read any more is dropped."""

    MAKING = "making"
    READY = "ready"


@dataclass(frozen=True)
class ReactionSettings:
    """What an author chose for a block `reaction`."""

    title: str
    instructions: str = ""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class ReactionData:
    """What a learner answers after a cycle: a number from 1 to 5 for each statement, what stopped, and a text."""

    ratings: Mapping[str, int]
    obstacles: tuple[Obstacle, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class ReactionStanding:
    """Where a learner stands in a block; ``own`` is None before the first answer, ``closes_at`` without a date."""

    user_id: int
    usage_key: UsageKey
    settings: ReactionSettings
    own: ReactionData | None
    closes_at: datetime | None
    is_open: bool


@dataclass(frozen=True)
class Published:
    """Sums of so many answers that nobody's can be told: a sum a statement or question, a count an obstacle."""

    answers: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    obstacles: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CycleFigures:
    """What staff see of a cycle; ``texts`` are in no order that tells when they were written."""

    usage_key: UsageKey
    title: str
    published: Published
    texts: tuple[str, ...]


@dataclass(frozen=True)
class RunFacts:
    """What is known of a course run; empty or None for what nobody has said.

    ``ends_on`` is what a coordinator has typed, or else the host's day.
    """

    course_key: CourseKey
    college: str = ""
    country: str = ""
    ends_on: date | None = None
    is_typed: bool = False


@dataclass(frozen=True)
class Kpi:
    """A KPI of the learner's firm for which a value can be given."""

    id: UUID
    name: str
    unit: str


@dataclass(frozen=True)
class KeptData:
    """What a learner says of what has stayed; ``value`` is one of a KPI of the firm's project, None for none."""

    said: Mapping[str, KeptAnswer]
    kpi: UUID | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Question:
    """The one page of a mail about what has stayed; ``own`` is None before it was answered."""

    id: UUID
    course_key: CourseKey
    months: int
    expires_at: datetime
    own: KeptData | None
    is_in_project: bool
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True)
class Figure:
    """A sum over a base: a share, a mean or a count; nothing is there where the base is 0."""

    total: Decimal
    base: int

    @property
    def value(self) -> Decimal | None:
        """The share or mean."""
        return self.total / self.base if self.base else None


#: Figures by their key; None is hidden, because it would tell of fewer than five.
Figures = Mapping[str, Figure | None]


@dataclass(frozen=True)
class RunReport:
    """A course run in a report, with what may be shown of it."""

    course_key: CourseKey
    title: str
    college: str
    country: str
    ends_on: date | None
    figures: Figures


@dataclass(frozen=True)
class ReportData:
    """A report: ``done`` of ``total`` course runs are in it."""

    id: UUID
    state: ReportState
    done: int
    total: int
    created_at: datetime
    runs: tuple[RunReport, ...] = ()

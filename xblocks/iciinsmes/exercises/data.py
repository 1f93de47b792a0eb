"""What comes out of the door of exercises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.toolbox.data import Result, Value


class Layer(StrEnum):
    """The four layers of checks."""

    VALID = "valid"
    ESTIMATE = "estimate"
    INTERPRETATION = "interpretation"
    DECISION = "decision"


class ExerciseStep(StrEnum):
    """What the learner does next; choosing data comes before an attempt exists."""

    ESTIMATE = "estimate"
    INTERPRETATION = "interpretation"
    DECISION = "decision"
    DONE = "done"


@dataclass(frozen=True)
class Answers:
    """What a learner answered: numbers by estimate, indexes of chosen answers by question, and the decision.

    ``choice`` is an index into the ranking of the decision; None where there is none or nothing was chosen.
    """

    estimates: Mapping[str, float] = field(default_factory=dict)
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    words: str = ""
    choice: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class AttemptScore:
    """The share of each layer, 0 to 1, for those that the result has and the author counts; ``share`` is their mean."""

    layers: Mapping[Layer, float]

    @property
    def share(self) -> float:
        """0 to 1; 1 if nothing was to be checked."""
        return sum(self.layers.values()) / len(self.layers) if self.layers else 1.0

    def points(self, weight: Decimal) -> Decimal:
        """Return the points out of ``weight``, with two decimals."""
        return (Decimal(str(self.share)) * weight).quantize(Decimal("0.01"), ROUND_HALF_UP)


class DataSource(StrEnum):
    """How rows came in."""

    FILE = "file"
    PASTED = "pasted"
    TYPED = "typed"
    CANVAS = "canvas"


@dataclass(frozen=True)
class ExerciseSettings:
    """What an author chose.

    ``instrument`` is a key of the toolbox; ``instructions`` HTML as the author wrote it. With ``own_data`` an attempt
    with demo data is practice and earns nothing. ``checks`` are the layers that count; none means that an attempt which
    is brought to its end earns everything. ``attempts`` is how many there may be, 0 for any number; ``weight`` the
    points of the gradebook, at least 0.
    """

    title: str
    instrument: str
    instructions: str = ""
    own_data: bool = True
    checks: tuple[Layer, ...] = tuple(Layer)
    attempts: int = 0
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class DataSetData:
    """A data set with its newest version; ``row_count`` is of that."""

    id: UUID
    owner_id: int
    course_key: CourseKey
    company_id: int | None
    instrument: str
    title: str
    for_company: bool
    for_staff: bool
    version: int
    row_count: int
    source: DataSource
    created_at: datetime


@dataclass(frozen=True)
class ResultLine:
    """A result in a list; ``for_company`` and ``for_staff`` say who besides its owner may see it."""

    id: UUID
    owner_id: int
    course_key: CourseKey
    company_id: int | None
    instrument: str
    title: str
    is_demo: bool
    for_company: bool
    for_staff: bool
    graded: bool
    created_at: datetime


@dataclass(frozen=True)
class ResultData(ResultLine):
    """A result that was shown; ``rows`` is how many rows it was computed from, None once they are gone."""

    options: Mapping[str, Value]
    result: Result
    rows: int | None


#: What a list holds.
Line = TypeVar("Line", DataSetData, ResultLine)


@dataclass(frozen=True)
class SharedPage(Generic[Line]):
    """One page of what others share, newest first; ``next_after`` is None on the last page."""

    lines: tuple[Line, ...]
    next_after: str | None


@dataclass(frozen=True)
class AttemptData:
    """One attempt. ``score`` is None until it is done; ``points`` None for practice as well."""

    id: UUID
    number: int
    settings: ExerciseSettings
    step: ExerciseStep
    result: ResultData
    answers: Answers
    score: AttemptScore | None
    points: Decimal | None
    started_at: datetime
    finished_at: datetime | None

    @property
    def is_practice(self) -> bool:
        """Whether it earns nothing, because it is done with demo data where own data are wanted."""
        return self.settings.own_data and self.result.is_demo


@dataclass(frozen=True)
class ExerciseData:
    """A learner's way with an exercise: the author's settings now, and all attempts, oldest first."""

    usage_key: UsageKey
    owner_id: int
    settings: ExerciseSettings
    attempts: tuple[AttemptData, ...]

    @property
    def current(self) -> AttemptData | None:
        """The newest attempt if it is not done."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].step is not ExerciseStep.DONE else None

    @property
    def best(self) -> AttemptData | None:
        """The attempt that counts: the one with the largest share; None before one that counts is done."""
        counting = [attempt for attempt in self.attempts if attempt.points is not None]
        return max(counting, key=lambda attempt: attempt.score.share if attempt.score else 0.0, default=None)

    @property
    def attempts_left(self) -> int | None:
        """How many may still be begun; None for any number. Practice does not use them up."""
        if not self.settings.attempts:
            return None
        used = sum(not attempt.is_practice for attempt in self.attempts)
        return max(0, self.settings.attempts - used)


@dataclass(frozen=True)
class AttemptLine:
    """An attempt that is done, in a list of the staff.

    ``points`` out of ``possible`` are None for practice; ``result_id`` is None where the staff may not open the result;
    ``company_id`` is the firm of the result.
    """

    owner_id: int
    company_id: int | None
    title: str
    number: int
    points: Decimal | None
    possible: Decimal
    is_demo: bool
    finished_at: datetime
    result_id: UUID | None


@dataclass(frozen=True)
class AttemptPage:
    """One page of attempts, last ones first; ``next_after`` is None on the last page."""

    lines: tuple[AttemptLine, ...]
    next_after: str | None

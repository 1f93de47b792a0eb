"""What a course grade is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from iciinsmes_campus.courseware.data import AssignmentType, Node

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class GradedPoints:
    """Points out of possible points; nothing possible means that there is nothing to say yet."""

    earned: Decimal = ZERO
    possible: Decimal = ZERO

    @property
    def fraction(self) -> float | None:
        """Return the share earned, 0 to 1; None if nothing is possible."""
        return float(min(max(self.earned / self.possible, ZERO), Decimal(1))) if self.possible > 0 else None


@dataclass(frozen=True, slots=True)
class GradebookColumn:
    """One graded subsection of a course; ``blocks`` are those in which points can be earned."""

    node: Node
    label: str
    blocks: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class GradingPlan:
    """What counts in a course run; the same for all learners."""

    types: tuple[tuple[AssignmentType, tuple[GradebookColumn, ...]], ...]
    pass_mark: float

    @property
    def columns(self) -> tuple[GradebookColumn, ...]:
        """Return all graded subsections, by assignment type."""
        return tuple(column for _type, columns in self.types for column in columns)


@dataclass(frozen=True, slots=True)
class SubsectionGrade:
    """One graded subsection of one learner.

    ``points`` counts everything the subsection holds, ``so_far`` only what has a result or is past its date.
    ``attempted`` says that there is a result, ``waiting`` that something was handed in and has none yet, ``dropped``
    that this score does not count because enough others are better.
    """

    column: GradebookColumn
    points: GradedPoints
    so_far: GradedPoints
    attempted: bool = False
    waiting: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class TypeGrade:
    """All subsections of one assignment type; ``missing``: so many more the policy counts than the course holds."""

    type: AssignmentType
    subsections: tuple[SubsectionGrade, ...]
    missing: int
    fraction: float
    so_far: float | None


@dataclass(frozen=True, slots=True)
class CourseGrade:
    """One learner's grade, 0 to 1.

    ``fraction`` counts what is not there as zero, as the final grade does. ``so_far`` leaves out what is still to come
    and is None before the first result.
    """

    types: tuple[TypeGrade, ...]
    fraction: float
    so_far: float | None
    pass_mark: float

    @property
    def passed(self) -> bool:
        """Tell whether the final grade, rounded as it is shown, reaches the pass mark."""
        return percent(self.fraction) >= self.pass_mark * 100 - 1e-9

    @property
    def subsections(self) -> tuple[SubsectionGrade, ...]:
        """Return all graded subsections, by type."""
        return tuple(entry for group in self.types for entry in group.subsections)


def percent(fraction: float) -> int:
    """Return whole percent; like Open edX, a hair below the half is rounded up too (59.45 becomes 60)."""
    return int(fraction * 100 + 0.55 + 1e-9)

"""What comes out of the door of self-checks, and the model by which they are asked and scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from opaque_keys.edx.keys import CourseKey, UsageKey

#: A text of a model by language; the one under the empty language is a message of the interface, see `labels.show`.
Text = Mapping[str, str]


class Axis(StrEnum):
    """Two ways to be oriented to customers, each useful without the other."""

    RESPONSIVE = "responsive"
    PROACTIVE = "proactive"


class Quadrant(StrEnum):
    """Where a firm stands on both axes."""

    WAITING = "waiting"
    RESPONDING = "responding"
    EXPLORING = "exploring"
    PROACTIVE = "proactive"


class Level(StrEnum):
    """How far a firm is on the whole."""

    START = "start"
    BUILDING = "building"
    STEADY = "steady"
    LEADING = "leading"


@dataclass(frozen=True)
class Scale:
    """The answers that there are, whole numbers from ``low`` to ``high``; ``words`` say each of them, or are empty."""

    low: int
    high: int
    words: tuple[Text, ...] = ()

    @property
    def steps(self) -> range:
        """The answers, the lowest first."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True)
class Dimension:
    """A part of the model; ``code`` names it in all versions."""

    code: str
    title: Text


@dataclass(frozen=True)
class Item:
    """A statement.

    ``reverse`` says that agreeing is bad. ``scale`` is None where the model's holds. ``advice`` is the code of what
    helps: of an instrument, an assignment, or one of the model's own.
    """

    code: str
    dimension: str
    axis: Axis
    text: Text
    advice: str
    weight: Decimal = Decimal(1)
    reverse: bool = False
    scale: Scale | None = None


@dataclass(frozen=True)
class AdviceText:
    """Help that is no instrument, or words of a college about one; ``link`` is a whole address or empty."""

    code: str
    title: Text
    text: Text = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True)
class CheckModel:
    """All that a self-check asks, how it is scored, and what helps."""

    scale: Scale
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    advice: tuple[AdviceText, ...] = ()

    def scale_of(self, item: Item) -> Scale:
        """Return the answers that an item has."""
        return item.scale or self.scale


@dataclass(frozen=True)
class ItemAnswer:
    """An answer: a number; or that the statement does not apply; or neither, which is blank. ``proof`` may be empty."""

    value: int | None = None
    applies: bool = True
    proof: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the person has said nothing yet."""
        return self.value is None and self.applies


@dataclass(frozen=True)
class TypedItem:
    """What a page sends of an item; ``choice`` is None where nothing was chosen, ``was`` the proof it began with."""

    choice: str | None = None
    proof: str | None = None
    was: str = ""


@dataclass(frozen=True)
class CheckSettings:
    """What an author chose for a block; ``model`` is a college's own file, empty for the one that is shipped."""

    title: str
    instructions: str = ""
    model: str = ""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class CheckScore:
    """A value from 0 to 100, None where too few of its items are answered."""

    code: str
    value: Fraction | None
    answered: int
    total: int


@dataclass(frozen=True)
class Outcome:
    """What follows from answers; ``border`` are the axes on which the firm stands close to the middle.

    ``weakest`` are the codes of the items with the lowest scores, the lowest first.
    """

    dimensions: tuple[CheckScore, ...]
    responsive: CheckScore
    proactive: CheckScore
    overall: Fraction | None
    quadrant: Quadrant | None
    border: tuple[Axis, ...]
    level: Level | None
    weakest: tuple[str, ...]


@dataclass(frozen=True)
class ScoreChange:
    """A score in an earlier and a later check."""

    code: str
    before: Fraction | None
    after: Fraction | None

    @property
    def by(self) -> Fraction | None:
        """The difference, None where one of both is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """Two checks on what both asked alike; ``left_out`` counts the statements that only one of them asked so."""

    dimensions: tuple[ScoreChange, ...]
    responsive: ScoreChange
    proactive: ScoreChange
    items: tuple[ScoreChange, ...]
    left_out: int


@dataclass(frozen=True)
class Spread:
    """How several persons answered; ``talk`` marks a statement on which they are half a scale or more apart."""

    code: str
    persons: int
    median: Fraction | None
    low: Fraction | None
    high: Fraction | None
    talk: bool = False


@dataclass(frozen=True)
class PeopleCompared:
    """The persons of a firm compared; values of items are answers, of dimensions scores."""

    persons: int
    dimensions: tuple[Spread, ...]
    axes: tuple[Spread, ...]
    items: tuple[Spread, ...]
    left_out: int


@dataclass(frozen=True)
class CheckData:
    """One person's self-check; ``sent_at`` is None while it is being filled in."""

    id: UUID
    owner_id: int
    course_key: CourseKey
    usage_key: UsageKey
    company_id: int | None
    number: int
    title: str
    model: CheckModel
    version: str
    answers: Mapping[str, ItemAnswer]
    saved_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class CheckLine:
    """A sent self-check in a list."""

    id: UUID
    title: str
    sent_at: datetime


@dataclass(frozen=True)
class CheckStanding:
    """Where a person stands in a block: ``draft`` is being filled in, ``last`` was sent; both may be there or none."""

    user_id: int
    usage_key: UsageKey
    settings: CheckSettings
    model: CheckModel
    draft: CheckData | None
    last: CheckData | None

    @property
    def number(self) -> int:
        """The number of the check that is being filled in or would be."""
        return self.draft.number if self.draft else 1


@dataclass(frozen=True)
class CompanyLine:
    """A firm on the staff's page: medians of its persons' scores."""

    company_id: int
    persons: int
    responsive: Fraction | None
    proactive: Fraction | None
    overall: Fraction | None
    dimensions: tuple[tuple[str, Fraction | None], ...]


@dataclass(frozen=True)
class RunMeans:
    """Means of both axes over the persons of a run."""

    persons: int
    responsive: Decimal | float | None
    proactive: Decimal | float | None


@dataclass(frozen=True)
class StaffPage:
    """Firms of a run; ``next_after`` is the key of the next page, None at the end. ``titles`` names dimensions."""

    lines: tuple[CompanyLine, ...]
    next_after: int | None
    titles: Mapping[str, Text]

"""What early warning takes and hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

#: The rule set by which verdicts are found; raised whenever a rule of `rules` changes, and kept by every alarm.
RULES_VERSION = 1


class Chart(StrEnum):
    """How the limits of an indicator are found."""

    SHARE = "p"
    RATE = "u"
    INDIVIDUAL = "x"
    NONE = "none"


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"


class Colour(StrEnum):
    """What a period or an indicator is shown as; grey says that there is no verdict."""

    GREY = "grey"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


#: From the best to the worst.
COLOURS = tuple(Colour)


class PeriodState(StrEnum):
    """Why a period has a verdict or none."""

    JUDGED = "judged"
    BASELINE = "baseline"
    TOO_FEW = "too_few"
    GAP = "gap"
    NOTHING = "nothing"
    PROVISIONAL = "provisional"


class AlarmRule(StrEnum):
    """A rule that has found something; `AGAIN` only adds to another one."""

    BEYOND_3 = "beyond_3"
    BEYOND_2 = "beyond_2"
    RUN = "run"
    TREND = "trend"
    AGAIN = "again"
    TWICE = "twice"
    COST_RISING = "cost_rising"
    LIMIT = "limit"
    LIMIT_AND_BASELINE = "limit_and_baseline"
    YEAR = "year"
    SLOPE = "slope"
    BOOK_TO_BILL = "book_to_bill"
    HIT_RATE = "hit_rate"
    BEST_CUSTOMER = "best_customer"
    BELOW_BASELINE = "below_baseline"
    HALF_OF_BASELINE = "half_of_baseline"
    GROWN = "grown"
    STARS = "stars"
    PROMOTERS = "promoters"
    FALLING = "falling"


@dataclass(frozen=True)
class Point:
    """A period with its figures; ``period`` counts months or quarters from the year 0.

    ``is_running`` marks the month or quarter that has not ended.
    """

    period: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    extra: Fraction | None = None
    is_running: bool = False


@dataclass(frozen=True)
class Limits:
    """What the baseline of a segment has fixed for good.

    The centre is ``cases`` through ``size``: of individual values their sum through their number. ``ranges`` are the
    moving ranges of these, ``range_count`` how many. ``last`` is the last period of the baseline.
    """

    first: int
    last: int
    count: int
    cases: Fraction
    size: Fraction
    ranges: Fraction = Fraction(0)
    range_count: int = 0

    @property
    def centre(self) -> Fraction | None:
        """The centre line; None where the baseline has no size."""
        return self.cases / self.size if self.size else None


@dataclass(frozen=True)
class Segment:
    """A stretch with limits of its own; ``limits`` is None until there are enough clean periods of its grain."""

    first_month: int
    grain: Grain
    limits: Limits | None = None


@dataclass(frozen=True)
class AlarmReason:
    """What a rule has found; ``figures`` are for its words."""

    rule: AlarmRule
    colour: Colour
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class JudgedPeriod:
    """A period with its verdict."""

    point: Point
    value: Fraction | None
    state: PeriodState
    colour: Colour = Colour.GREY
    reasons: tuple[AlarmReason, ...] = ()


class WarningDoneWhen(StrEnum):
    """When a block is done."""

    MONTH = "month"
    ALARM = "alarm"


@dataclass(frozen=True)
class WarningBlockSettings:
    """What an author chooses for a block `early_warning`; no indicators means those that the firm keeps."""

    title: str
    instructions: str = ""
    indicators: tuple[str, ...] = ()
    done_when: WarningDoneWhen = WarningDoneWhen.MONTH
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class MonthCell:
    """The figures of an indicator in a month, as typed or pasted; None is nothing."""

    indicator: str
    month: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    extra: Decimal | None = None

    @property
    def figures(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """All three, for comparing."""
        return self.numerator, self.denominator, self.extra


@dataclass(frozen=True)
class CellChange:
    """A cell that would become another one; ``old`` is None for a new one."""

    old: MonthCell | None
    new: MonthCell


@dataclass(frozen=True)
class CellVersionData:
    """How a cell was before; ``label`` says where it came from if nobody of this firm has typed it."""

    cell: MonthCell
    author_id: int | None
    until: datetime
    label: str = ""


@dataclass(frozen=True)
class AlarmData:
    """An alarm: what raised it, and what the firm says about it."""

    id: UUID
    indicator: str
    grain: Grain
    period: int
    colour: Colour
    reasons: tuple[AlarmReason, ...]
    version: int
    raised_at: datetime
    holds: bool
    cause: str
    action: str
    due: date | None
    answered_at: datetime | None
    answered_by: int | None
    note: str
    closed_at: datetime | None
    closed_by: int | None
    measure_id: UUID | None
    revision: int

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None


@dataclass(frozen=True)
class BaselineData:
    """A segment as it is kept; ``reason`` is empty for the first one, which nobody asks for."""

    id: int
    indicator: str
    segment: Segment
    reason: str
    made_by: int | None
    made_at: datetime
    version: int


@dataclass(frozen=True)
class WatchData:
    """What a firm watches; ``thresholds`` are those that differ from the usual ones, by indicator."""

    id: int
    company_id: int
    kept: tuple[str, ...]
    thresholds: Mapping[str, Mapping[str, float]]
    tells_coach: bool
    colour: Colour = Colour.GREY

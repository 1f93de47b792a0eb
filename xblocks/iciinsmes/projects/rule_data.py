"""A project as the rules see it, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from .data import Gate, Light, LightRule, ProjectPart


@dataclass(frozen=True)
class KpiFacts:
    """A KPI as rules see it.

    ``rising`` tells whether more is better. ``last`` is the value of the newest day that has one, and ``last_on`` that
    day; both None without a value. ``interval_days`` is how often a value is due.
    """

    id: UUID
    name: str
    rising: bool
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    interval_days: int = 31
    last: Decimal | None = None
    last_on: date | None = None
    has_source: bool = False
    has_unit: bool = False


@dataclass(frozen=True)
class MeasureFacts:
    """A measure; ``done`` is percent (0 to 100), ``has_owner`` false too when the person has left the firm."""

    id: UUID
    title: str
    has_owner: bool
    due: date | None = None
    start: date | None = None
    done: int = 0
    blocked: bool = False
    effort: bool = False
    hours_planned: Decimal = Decimal(0)
    cost_planned: Decimal = Decimal(0)


@dataclass(frozen=True)
class MilestoneFacts:
    """A milestone: when it was planned first and is planned now, when it was done, how often it was moved."""

    id: UUID
    title: str
    due: date
    original: date
    weight: int = 1
    done_on: date | None = None
    moved: int = 0


@dataclass(frozen=True)
class RiskFacts:
    """A risk: ``score`` is probability times impact, 1 to 25."""

    id: UUID
    title: str
    score: int
    has_measure: bool


@dataclass(frozen=True)
class TestFacts:
    """A test card: how many real customers it was tried with, and whether what a gate asks for is on it."""

    __test__ = False

    id: UUID
    customers: int
    has_threshold: bool
    has_result: bool
    decided: bool


@dataclass(frozen=True)
class PauseFacts:
    """A declared pause, both days included."""

    first: date
    last: date


@dataclass(frozen=True)
class Facts:
    """A project as the rules see it: nothing in it depends on today, so it is kept and read again every night.

    ``started`` is the day of the project's start; ``planned`` holds by when each gate is planned in the course run,
    ``passed`` when it was passed; a gate gone back to is in neither sense passed any more. ``changed_on`` is the day of
    the last real change (R1), None for none yet. ``hours`` and ``cost`` are what was spent on measures.
    ``owner_agreed`` is the owner's yes at G1. ``ended_on`` is the day on which the project was finished or stopped.
    ``brought_in`` are the passed gates that came in a file: nobody of this site has decided them.
    """

    started: date
    planned: Mapping[int, date]
    passed: Mapping[int, date]
    changed_on: date | None = None
    kpis: tuple[KpiFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    tests: tuple[TestFacts, ...] = ()
    pauses: tuple[PauseFacts, ...] = ()
    customers: int = 0
    hours: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    owner_agreed: bool = False
    ended_on: date | None = None
    brought_in: tuple[int, ...] = ()

    @property
    def decided_here(self) -> frozenset[int]:
        """Return the gates that were passed by a decision on this site: what counts for completion and grades."""
        return frozenset(self.passed) - frozenset(self.brought_in)

    @property
    def gate(self) -> Gate | None:
        """Return the gate that the project stands before, None behind the last."""
        return next((gate for gate in Gate if gate not in self.passed), None)


@dataclass(frozen=True)
class Checked:
    """What the checklists of the gates look at beyond `Facts` (what must be there).

    Counts are of entries that are complete enough to count. ``insights`` have at least two sources each; ``ideas`` are
    all, ``customer_ideas`` those from or with customers; ``methods`` are different ways of contact; ``pilots`` are
    customers who have used what was launched; ``costs`` tells that hours or costs were written down.
    """

    trigger: bool = False
    trade: bool = False
    sponsor: bool = False
    coach: bool = False
    confidentiality: bool = False
    self_check: bool = False
    signals: bool = False
    goal: bool = False
    methods: int = 0
    insights: int = 0
    ideas: int = 0
    customer_ideas: int = 0
    scored: bool = False
    recommendation: bool = False
    kill_criteria: bool = False
    resources: bool = False
    value_proposition: bool = False
    assumptions: bool = False
    business_case: bool = False
    pilots: int = 0
    costs: bool = False
    informed: bool = False
    learning: bool = False
    routine: bool = False
    next_project: bool = False
    report: bool = False


@dataclass(frozen=True)
class Finding:
    """What one rule says: its light, and what its sentence and its suggested action are filled with.

    ``reason`` and ``action`` are keys of `labels`; ``values`` go into both, as JSON values: days as ISO 8601, numbers
    that are not whole as text with a point. ``entry`` is what it is about, None for the whole project; ``part`` is
    where it is mended. ``until`` is None while the condition holds, then the day on which the finding will be gone.
    """

    rule: LightRule
    light: Light
    reason: str
    action: str
    part: ProjectPart
    values: Mapping[str, Any]
    entry: UUID | None = None
    until: date | None = None


@dataclass(frozen=True)
class Held:
    """What is remembered of one colour of one rule between two days.

    ``better_since`` is None while the rule says this colour or a worse one, then the first day on which it did not; the
    colour goes after `Thresholds.hold_days` whole days. ``findings`` are the last reasons for exactly this colour.
    """

    light: Light
    better_since: date | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CheckItem:
    """One line of a gate's checklist: ``have`` of ``need`` (both 1 for a yes or no), and the part where to do it."""

    key: str
    part: ProjectPart
    done: bool
    have: int = 0
    need: int = 1

"""What the projects room takes and hands out: the words of a project, its facts and what the rules say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

#: Kind of the subject of a project itself (its files) and of a request for a decision at a gate (its sign-offs).
PROJECT = "project"
GATE = "gate"


class Gate(IntEnum):
    """The nine gates, in their order; a project stands before one of them, or behind the last."""

    START = 0
    GOAL = 1
    INSIGHT = 2
    IDEAS = 3
    CHOICE = 4
    CONCEPT = 5
    TEST = 6
    LAUNCH = 7
    RESULTS = 8


def place_of_gate(gate: int) -> str:
    """Return the place at which requests for a decision at this gate wait, in any course run."""
    return f"gate-{int(gate)}"


#: Where a project may go back to, and from where, without anybody's decision and without penalty.
LOOP = (Gate.INSIGHT, Gate.TEST)


class Trigger(StrEnum):
    """Why a firm begins."""

    CRISIS = "crisis"
    LOST_CUSTOMER = "lost_customer"
    DEMAND = "demand"
    RULE = "rule"
    VISION = "vision"
    EMPLOYEE = "employee"
    CUSTOMER_WISH = "customer_wish"

    @property
    def is_reactive(self) -> bool:
        """Whether something from outside made the firm begin; else it began of its own accord."""
        return self not in (Trigger.VISION, Trigger.EMPLOYEE)


class Domain(StrEnum):
    """What a project has an effect on."""

    PRODUCT = "product"
    PRODUCTION = "production"
    MARKETING = "marketing"
    MODEL = "model"
    STAFF = "staff"


class Light(StrEnum):
    """How a project stands; BLUE is a declared pause."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"

    @property
    def severity(self) -> int:
        """Return 0 for green or blue, 1 for amber, 2 for red."""
        return _SEVERITY[self]


_SEVERITY = {Light.GREEN: 0, Light.BLUE: 0, Light.AMBER: 1, Light.RED: 2}


class GateVerdict(StrEnum):
    """What is decided at a gate: go through it, work on before it, or stop, which is a success of learning too."""

    GO = "go"
    ITERATE = "iterate"
    STOP = "stop"


class Decider(StrEnum):
    """Who decides at a gate; both of two must agree."""

    OWNER = "owner"
    COACH = "coach"
    LEARNER = "learner"
    TEACHER = "teacher"


#: As the gates are defined for all firms.
DECIDERS: Mapping[Gate, tuple[Decider, ...]] = {
    Gate.START: (Decider.OWNER,),
    Gate.GOAL: (Decider.OWNER, Decider.COACH),
    Gate.INSIGHT: (Decider.COACH,),
    Gate.IDEAS: (Decider.LEARNER,),
    Gate.CHOICE: (Decider.OWNER,),
    Gate.CONCEPT: (Decider.COACH,),
    Gate.TEST: (Decider.COACH, Decider.OWNER),
    Gate.LAUNCH: (Decider.OWNER,),
    Gate.RESULTS: (Decider.TEACHER,),
}


class ProjectPart(StrEnum):
    """What a block shows of the project; an author chooses."""

    WHOLE = "whole"
    CHARTER = "charter"
    KPIS = "kpis"
    PLAN = "plan"
    CUSTOMERS = "customers"
    IDEAS = "ideas"
    TESTS = "tests"
    DIARY = "diary"
    GATES = "gates"


class Kind(StrEnum):
    """What is entered; `kinds` declares the fields of each."""

    CHARTER = "charter"
    KPI = "kpi"
    READING = "reading"
    MEASURE = "measure"
    SPENT = "spent"
    MILESTONE = "milestone"
    RISK = "risk"
    CONTACT = "contact"
    INSIGHT = "insight"
    IDEA = "idea"
    TEST = "test"
    RESULT = "result"
    PARTNER = "partner"
    SUPPORT = "support"
    DIARY = "diary"
    REPORT = "report"
    EXAM = "exam"


class LightRule(StrEnum):
    """The rules of the lights; R11 is about staff and never in a project's light, R12 is the pause."""

    SILENCE = "R1"
    MILESTONES = "R2"
    PROGRESS = "R3"
    KPIS = "R4"
    MEASURES = "R5"
    CUSTOMERS = "R6"
    COSTS = "R7"
    RISKS = "R8"
    CHURN = "R9"
    APPROVAL = "R10"
    ANSWERS = "R11"
    PAUSE = "R12"


class ProjectDoneWhen(StrEnum):
    """When a block is done for the learners of a firm: its part holds something, or a gate is passed."""

    FILLED = "filled"
    GATE = "gate"


@dataclass(frozen=True)
class ProjectBlockSettings:
    """What an author chose for a block: the part of the project that it shows, and when it is done.

    ``instructions`` is HTML by a course author; ``gate`` (0 to 8) counts where ``done_when`` says so; ``weight`` is
    what it is worth in the gradebook once it is done, in points, 0 for nothing.
    """

    title: str
    part: ProjectPart = ProjectPart.WHOLE
    instructions: str = ""
    done_when: ProjectDoneWhen = ProjectDoneWhen.FILLED
    gate: int = 0
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class EntryData:
    """An entry as it stands now.

    ``content`` holds JSON values by field key: text, numbers as text with a point, days as ISO 8601, ids as text.
    ``revision`` counts changes from 1; who changes names the revision that was read. ``author_label`` is the name of an
    author without an account here, of an entry that was imported; ``origin`` the project from which a merge brought it.
    """

    id: UUID
    kind: Kind
    content: Mapping[str, Any]
    revision: int
    author_id: int | None
    created_at: datetime
    changed_by: int | None
    changed_at: datetime
    removed_at: datetime | None = None
    author_label: str = ""
    origin: UUID | None = None


@dataclass(frozen=True)
class EntryVersionData:
    """How an entry was between two changes: by whom and since when, and whether it was out of the project."""

    revision: int
    content: Mapping[str, Any]
    changed_by: int | None
    changed_at: datetime
    is_removed: bool = False
    changed_label: str = ""


@dataclass(frozen=True)
class EntryHistory:
    """An entry with all that it was, the oldest first, the present one last."""

    entry: EntryData
    versions: tuple[EntryVersionData, ...]


@dataclass(frozen=True)
class ProjectData:
    """A company's project; ``light`` and ``gate`` (0 to 8, 9 behind the last) are those of the last evaluation."""

    id: UUID
    company_id: int
    number: int
    title: str
    light: Light
    gate: int
    started_on: date
    created_at: datetime
    changed_at: datetime
    ended_on: date | None = None


@dataclass(frozen=True)
class GateDecisionData:
    """What one decider said; ``name`` as it was then, ``decided_by`` None for who has no account or is gone."""

    decider: Decider
    verdict: GateVerdict
    reason: str
    name: str
    decided_by: int | None
    decided_at: datetime


@dataclass(frozen=True)
class GateRequestData:
    """A request for the decision at a gate.

    ``state`` is open, decided or withdrawn; ``deciders`` are all who must say something, ``open_deciders`` those of
    them who have not yet. ``snapshot`` is the frozen copy of what is decided on; ``link_subjects`` are
    what owner and coach are asked about by a link; ``is_outdated`` tells that the project says something else by now,
    so that the request has to be made anew. ``is_brought_in`` marks what came in a file and was decided elsewhere.
    """

    id: UUID
    project_id: UUID
    course_key: CourseKey
    gate: Gate
    state: str
    proposal: GateVerdict
    reason: str
    deciders: tuple[Decider, ...]
    decisions: tuple[GateDecisionData, ...]
    snapshot: Mapping[str, Any]
    asked_by: int | None
    asked_at: datetime
    ended_at: datetime | None
    link_subjects: Mapping[Decider, UUID]
    is_outdated: bool = False
    is_brought_in: bool = False
    asked_label: str = ""

    @property
    def open_deciders(self) -> tuple[Decider, ...]:
        """Return who has not decided yet, in the order of the gate."""
        said = {decision.decider for decision in self.decisions}
        return tuple(decider for decider in self.deciders if decider not in said)

    @property
    def verdict(self) -> GateVerdict | None:
        """Return what all together have decided: the no of one of them counts; None while somebody is missing."""
        if self.open_deciders or not self.decisions:
            return None
        said = {decision.verdict for decision in self.decisions}
        return next(verdict for verdict in (GateVerdict.STOP, GateVerdict.ITERATE, GateVerdict.GO) if verdict in said)


@dataclass(frozen=True)
class AgreementData:
    """What was agreed in a talk; ``measure`` is the id of the entry that it has become, None for none yet."""

    text: str
    measure: UUID | None = None


@dataclass(frozen=True)
class TalkData:
    """A coach's talk with the firm; ``notes`` are the coach's own, ``next_on`` the day agreed on for the next one.

    ``coach_label`` is the name of who has no account here, of a talk that came in a file.
    """

    id: UUID
    coach_id: int | None
    held_on: date
    about: str
    notes: str
    agreements: tuple[AgreementData, ...]
    revision: int
    written_at: datetime
    coach_label: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class OverrideData:
    """A light that a coach has set, with the last day on which it holds."""

    light: Light
    reason: str
    set_by: int | None
    set_at: datetime
    until: date


@dataclass(frozen=True)
class PauseData:
    """A declared pause, both days included."""

    id: int
    first_on: date
    last_on: date
    reason: str
    declared_by: int | None


@dataclass(frozen=True)
class ProjectRunData:
    """A course run in which the project is worked on; ``begins_on`` is the first day, which plans are counted from."""

    project_id: UUID
    course_key: CourseKey
    begins_on: date


@dataclass(frozen=True)
class FirmSign:
    """What a room above says about a firm on its coach's page: a light, a few words, and where more stands.

    ``light`` is what ``projects/light.html`` takes.
    """

    light: Mapping[str, str]
    words: str
    address: str

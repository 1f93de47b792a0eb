"""What certificates take and hand out: criteria, facts about a learner, what follows from them, and the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from opaque_keys.edx.keys import CourseKey


class CertificateCriterion(StrEnum):
    """What a certificate can ask for, in the order in which pages show it."""

    SESSIONS = "sessions"
    TOOLS = "tools"
    ASSIGNMENTS = "assignments"
    GATE = "gate"
    SELF_CHECK = "self_check"
    REPORT = "report"
    TALK = "talk"
    UNIT_TAUGHT = "unit_taught"
    FIRM_COACHED = "firm_coached"
    AGREEMENT = "agreement"


#: Of these no room has a fact: a teacher confirms them with a tick and a day. Without a project the talk is one more.
CONFIRMED_BY_TEACHER = (
    CertificateCriterion.UNIT_TAUGHT,
    CertificateCriterion.FIRM_COACHED,
    CertificateCriterion.AGREEMENT,
)


@dataclass(frozen=True)
class Unit:
    """A unit of a course with its hours: with others, at work, with the coach."""

    title: str
    contact: int
    workplace: int
    coaching: int

    @property
    def hours(self) -> int:
        """All of them together."""
        return self.contact + self.workplace + self.coaching


@dataclass(frozen=True)
class CourseType:
    """A type of course and its usual criteria; all texts are messages of the interface.

    ``tools`` are places of core tools: any one of the codes fills a place. Of ``gates`` one is enough.
    """

    key: str
    title: str
    level: int
    criteria: tuple[CertificateCriterion, ...]
    units: tuple[Unit, ...]
    outcomes: tuple[str, ...]
    prerequisites: str
    stackability: str
    tools: tuple[tuple[str, ...], ...] = ()
    gates: tuple[int, ...] = ()

    @property
    def hours(self) -> int:
        """The notional workload."""
        return sum(unit.hours for unit in self.units)


@dataclass(frozen=True)
class CertificateThresholds:
    """How much is enough: percent of the sessions, core tools with own data, self-checks that were sent."""

    sessions_percent: int = 80
    own_data: int = 3
    self_checks: int = 2


@dataclass(frozen=True)
class Issuer:
    """Who awards the certificates of a course run, and how quality is assured there; ``country`` is an ISO code."""

    name: str = ""
    country: str = ""
    region: str = ""
    quality: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it can stand on a sheet."""
        return bool(self.name and self.country)


@dataclass(frozen=True)
class Criteria:
    """What the certificate of a course run asks for.

    ``left_out`` names criteria, places of tools (by their first code) and assignments (by their key) that this run does
    not ask for. ``version`` counts changes, so that an issued sheet can say by which ones it was earned.
    """

    kind: str
    thresholds: CertificateThresholds = field(default_factory=CertificateThresholds)
    left_out: tuple[str, ...] = ()
    title: str = ""
    issuer: Issuer = field(default_factory=Issuer)
    with_points: bool = False
    version: int = 1


@dataclass(frozen=True)
class TaskFact:
    """An assignment of the run: ``state`` as assignments say it, "waived", or empty where nothing was begun."""

    key: str
    title: str
    state: str
    is_report: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it is passed, with the mentor's word where one is asked for, or need not be done."""
        return self.state in ("passed", "waived")


@dataclass(frozen=True)
class LearnerFacts:
    """What other rooms know of a learner; ``tools`` are codes, with whether own data were used.

    ``talked`` is None where nobody has talked yet; ``gates`` is None without a project.
    """

    sessions: int = 0
    attended: int = 0
    tools: Mapping[str, bool] = field(default_factory=dict)
    tasks: tuple[TaskFact, ...] = ()
    self_checks: int = 0
    gates: frozenset[int] | None = None
    stopped: bool = False
    talked: bool | None = None
    words: Mapping[CertificateCriterion, date] = field(default_factory=dict)


class Missing(StrEnum):
    """What is missing, for words and the way to it."""

    SESSIONS = "sessions"
    NO_SESSIONS = "no_sessions"
    TOOL = "tool"
    OWN_DATA = "own_data"
    TASK = "task"
    NO_TASKS = "no_tasks"
    GATE = "gate"
    NO_PROJECT = "no_project"
    SELF_CHECK = "self_check"
    TALK = "talk"
    TALK_AGAIN = "talk_again"
    WORD = "word"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing; ``what`` is a code, a key or a number of the kind."""

    missing: Missing
    what: str = ""
    title: str = ""


@dataclass(frozen=True)
class JudgedCriterion:
    """A criterion: ``have`` of ``need``, and what is missing; it is met when nothing is."""

    criterion: CertificateCriterion
    have: int
    need: int
    gaps: tuple[Gap, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps


@dataclass(frozen=True)
class CertificateStandingData:
    """Where a learner stands with the certificate of a course run."""

    judged: tuple[JudgedCriterion, ...]

    @property
    def open(self) -> tuple[JudgedCriterion, ...]:
        """The criteria of which something is missing."""
        return tuple(each for each in self.judged if not each.is_met)

    @property
    def is_complete(self) -> bool:
        """Whether a certificate can be issued; where nothing is asked for, none can."""
        return bool(self.judged) and not self.open


@dataclass(frozen=True)
class Sheet:
    """The data sheet of a micro-credential, without its holder: the elements of Recommendation 2022/C 243/02.

    Frozen in the holder's language when it is issued. ``points`` is only a help for readers who think in ECVET points.
    """

    language: str
    kind: str
    criteria_version: int
    title: str
    issuer: str
    country: str
    region: str
    outcomes: tuple[str, ...]
    hours: int
    points: Decimal | None
    level: int
    assessment: tuple[str, ...]
    participation: str
    quality: str
    prerequisites: str
    supervision: str
    stackability: str
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class CertificateData:
    """An issued certificate; ``name`` is empty once the holder was forgotten."""

    id: UUID
    number: str
    code: str
    course_key: CourseKey
    learner_id: int | None
    name: str
    sheet: Sheet
    issued_at: datetime
    shows_name: bool
    corrected_at: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it was not revoked."""
        return self.revoked_at is None


@dataclass(frozen=True)
class SessionData:
    """A session of a course run, and how many learners were there or made up for it."""

    id: int
    held_on: date
    title: str
    count: int = 0


@dataclass(frozen=True)
class Presence:
    """That somebody was in a session, or made up for it otherwise; ``note`` says how."""

    is_replaced: bool = False
    note: str = ""


@dataclass(frozen=True)
class OverviewLine:
    """A learner in the overview of a run."""

    learner_id: int
    label: str
    firm: str
    standing: CertificateStandingData
    certificate: CertificateData | None


@dataclass(frozen=True)
class CertificateOverview:
    """A page of the overview, and the mark of the next one."""

    lines: tuple[OverviewLine, ...]
    next_after: int | None

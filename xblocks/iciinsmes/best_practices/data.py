"""What the room of best practices takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

#: Size classes of firms, as companies have them.
SIZES = ("1", "2-9", "10-49", "50-249")


class CaseState(StrEnum):
    """How far the case of a firm has come."""

    ASKED = "asked"
    AGREED = "agreed"
    PUBLISHED = "published"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Part(StrEnum):
    """What a line of a case tells, in the order of the story."""

    TRIGGER = "trigger"
    GOAL = "goal"
    INSIGHT = "insight"
    IDEA = "idea"
    DID = "did"
    TEST = "test"
    FIGURES = "figures"
    RESULT = "result"
    FAILED = "failed"
    LEARNED = "learned"
    STAYS = "stays"


@dataclass(frozen=True)
class CaseLine:
    """A paragraph of a case."""

    part: Part
    text: str


@dataclass(frozen=True)
class Content:
    """What a case says; of a firm's case this is the frozen copy to which the owner agrees.

    ``about`` describes the firm without its name, such as "A bakery in Saxony, 8 people"; ``firm`` is the name, which
    readers see only where the owner wants that. ``country`` is an ISO code, ``size`` a size class of firms, ``trigger``
    and ``phase`` are words of projects, ``instruments`` codes such as T05. ``language`` is that of the texts.
    """

    title: str
    about: str
    country: str
    trade: str
    size: str
    phase: str
    trigger: str
    monday: str
    lines: tuple[CaseLine, ...]
    instruments: tuple[str, ...] = ()
    language: str = "en"
    firm: str = ""


@dataclass(frozen=True)
class Case:
    """A case as readers get it.

    ``key`` is its address: the code of a shipped one, the id of a firm's. ``source`` says where one that is not
    invented comes from; a firm's own has none.
    """

    key: str
    content: Content
    is_invented: bool = False
    source: str = ""
    is_firms: bool = False
    published_at: datetime | None = None


@dataclass(frozen=True)
class CaseFilter:
    """To what cases are narrowed; empty for everything. ``text`` is searched word by word."""

    country: str = ""
    trade: str = ""
    size: str = ""
    phase: str = ""
    instrument: str = ""
    trigger: str = ""
    text: str = ""


@dataclass(frozen=True)
class CasePage:
    """A page of cases; ``next_after`` is the mark of the next one, empty at the end."""

    cases: tuple[Case, ...]
    next_after: str


@dataclass(frozen=True)
class CaseChoices:
    """What cases can be narrowed to, as values in the order of their lists."""

    countries: tuple[str, ...]
    trades: tuple[str, ...]


@dataclass(frozen=True)
class CaseProposal:
    """A firm's case as its members and the staff see it; ``link`` is empty for everybody but members.

    ``project_id`` is None once the project is gone; ``owner`` is the name that was typed with the consent.
    """

    id: UUID
    project_id: UUID | None
    company_id: int
    course_key: CourseKey
    state: CaseState
    content: Content
    is_named: bool
    proposed_by: int | None
    changed_at: datetime
    owner: str
    agreed_at: datetime | None
    reason: str
    revision: int
    link: str = ""
    link_until: datetime | None = None


@dataclass(frozen=True)
class CasesBlockSettings:
    """What an author chose for a block: single cases, or filters with a number of cases.

    ``cases`` are keys of single cases, in the author's order; where there are some, they count alone. ``count`` is 1 to
    12. ``weight`` is what the block is worth once the learner has read, in points, 0 for nothing.
    """

    title: str
    instructions: str = ""
    cases: tuple[str, ...] = ()
    country: str = ""
    trade: str = ""
    phase: str = ""
    trigger: str = ""
    instrument: str = ""
    count: int = 3
    weight: Decimal = Decimal(0)

    @property
    def narrowed(self) -> CaseFilter:
        """The filters alone."""
        return CaseFilter(
            country=self.country,
            trade=self.trade,
            phase=self.phase,
            trigger=self.trigger,
            instrument=self.instrument,
        )

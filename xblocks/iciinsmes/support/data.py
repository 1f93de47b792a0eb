"""What the directory of support takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

#: The "country" of entries that hold everywhere in the European Union.
EU = "EU"
#: The stages of a firm's project, as its gates are numbered.
STAGES = tuple(f"G{number}" for number in range(9))


class SupportKind(StrEnum):
    """Types of support that are stable everywhere; names, amounts and dates are not, and stand in entries."""

    CHAMBER = "chamber"
    EEN = "een"
    EDIH = "edih"
    TRAINING = "training"
    VOUCHER = "voucher"
    INNOVATION_GRANT = "innovation_grant"
    INVESTMENT_GRANT = "investment_grant"
    LOAN = "loan"
    TAX = "tax"
    STUDENTS = "students"
    CLUSTER = "cluster"
    PATENT = "patent"
    EXPORT = "export"


class Need(StrEnum):
    """What a firm looks for."""

    TALK = "talk"
    SKILLS = "skills"
    CUSTOMERS = "customers"
    FEASIBILITY = "feasibility"
    PROTOTYPE = "prototype"
    INVESTMENT = "investment"
    DIGITAL = "digital"
    PROTECTION = "protection"
    ABROAD = "abroad"


class Status(StrEnum):
    """What an editor says about an entry."""

    OPEN = "open"
    WINDOW = "window"
    CLOSED = "closed"
    ENDED = "ended"
    UNKNOWN = "unknown"


class OfferState(StrEnum):
    """What holds today, by the status and the days of an entry."""

    OPEN = "open"
    WINDOW = "window"
    LATER = "later"
    CLOSED = "closed"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Freshness(StrEnum):
    """How long ago somebody has looked whether an entry still holds."""

    FRESH = "fresh"
    VERIFY = "verify"
    STALE = "stale"


class Given(StrEnum):
    """What a firm gets; empty where nobody has said."""

    UNSAID = ""
    CASH = "cash"
    ADVICE = "advice"
    BOTH = "both"


class Helped(StrEnum):
    """Whether a contact has helped."""

    UNSAID = ""
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class DoneWhen(StrEnum):
    """When a block is done for a learner."""

    CONTACTED = "contacted"
    ANSWERED = "answered"


@dataclass(frozen=True)
class SupportArea:
    """What an editor keeps up to date: a whole country with all its regions, or one region of it, or `EU`."""

    country: str
    region: str = ""


@dataclass(frozen=True)
class EntryValues:
    """What people write about an offer. Empty sizes, stages and languages mean all of them, an empty trade any."""

    country: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    kind: str = ""
    name: str = ""
    former_names: str = ""
    provider: str = ""
    benefit: str = ""
    sizes: tuple[str, ...] = ()
    trades: str = ""
    stages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    amount: str = ""
    share: str = ""
    given: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_mail: str = ""
    answers_in: str = ""
    url: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    status: str = Status.UNKNOWN.value
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class SupportEntryData:
    """An offer with who has checked it when; ``found_on`` is the day on which somebody has written it down.

    ``successors`` are id and name of what has come in the place of an offer that has ended.
    """

    id: UUID
    values: EntryValues
    found_on: date
    last_checked: date | None = None
    checked_by: str = ""
    is_example: bool = False
    revision: int = 1
    successors: tuple[tuple[UUID, str], ...] = ()

    @property
    def seen_on(self) -> date:
        """The day from which freshness counts."""
        return self.last_checked or self.found_on

    @property
    def area(self) -> SupportArea:
        """Whose it is."""
        return SupportArea(self.values.country, self.values.region)

    @property
    def has_person(self) -> bool:
        """Whether somebody can be asked there by name."""
        return bool(self.values.contact_name)


@dataclass(frozen=True)
class Want:
    """Who asks for what; empty is unknown. ``language`` is the reader's, such as ``de``."""

    country: str = ""
    region: str = ""
    size: str = ""
    language: str = ""
    need: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Filters:
    """What a search over the directory is narrowed to; empty is everything."""

    text: str = ""
    country: str = ""
    region: str = ""
    kind: str = ""
    need: str = ""
    stage: str = ""
    size: str = ""
    language: str = ""
    state: str = ""


@dataclass(frozen=True)
class DirectoryPage:
    """A page of the directory; ``next_after`` is name and id of the last entry if more follow."""

    entries: tuple[SupportEntryData, ...]
    next_after: tuple[str, str] | None


@dataclass(frozen=True)
class Reader:
    """Who reads the directory in a course run, and for which firm.

    ``learns`` tells whether the person may log contacts here; ``areas`` is what the person keeps up to date.
    """

    user_id: int
    learns: bool = False
    staff: bool = False
    coordinates: bool = False
    areas: tuple[SupportArea, ...] = ()
    company_id: int | None = None
    country: str = ""
    region: str = ""
    size: str = ""

    @property
    def edits(self) -> bool:
        """Whether there is anything that the person may edit."""
        return bool(self.areas)

    @property
    def keeps(self) -> bool:
        """Whether the person sees the pages behind the directory."""
        return self.staff or self.edits


@dataclass(frozen=True)
class Adviser:
    """The one person of the course who is named beside the directory; ``days`` are working days to an answer."""

    name: str
    is_coach: bool
    days: int | None = None


@dataclass(frozen=True)
class ContactData:
    """That a person has asked somewhere, and what came of it; ``answered`` is None until somebody says so."""

    id: int
    entry_id: UUID
    entry: str
    user_id: int | None
    contacted_at: datetime
    answered: bool | None = None
    helped: Helped = Helped.UNSAID


@dataclass(frozen=True)
class Referral:
    """How often an offer was contacted by learners of a course run, and with what result."""

    entry: str
    kind: SupportKind
    contacted: int
    answered: int
    helped: int


@dataclass(frozen=True)
class EntryChangeData:
    """A line of an entry's history; ``changes`` are field, before and after."""

    at: datetime
    author_id: int | None
    action: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class EditorData:
    """Who keeps which area up to date."""

    id: int
    user_id: int
    area: SupportArea
    given_at: datetime


@dataclass(frozen=True)
class SupportBlockSettings:
    """What an author chooses for a block; an empty need lets the learner choose, an empty stage is the firm's own."""

    title: str
    instructions: str = ""
    need: str = ""
    stage: str = ""
    done_when: DoneWhen = DoneWhen.CONTACTED
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class TableRow:
    """A line of a table that was sent, as texts by field; ``number`` counts the lines of the file from 1."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SentTable:
    """A table that was sent; ``ignored`` are its columns that mean nothing here."""

    rows: tuple[TableRow, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedRow:
    """What an import would do with a line; one with problems does nothing, and then the whole import nothing.

    ``entry_id`` is None for a new entry whose id nobody has named.
    """

    number: int
    name: str
    entry_id: UUID | None = None
    is_new: bool = False
    values: EntryValues = field(default_factory=EntryValues)
    last_checked: date | None = None
    checked_by: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    successors: tuple[str, ...] | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do now."""

    rows: tuple[PlannedRow, ...]

    @property
    def problems(self) -> int:
        """How many lines have to be mended before anything is imported."""
        return sum(1 for row in self.rows if row.problems)

    @property
    def new(self) -> int:
        """How many entries would come."""
        return sum(1 for row in self.rows if row.is_new and not row.problems)

    @property
    def changed(self) -> int:
        """How many entries would change."""
        return sum(1 for row in self.rows if row.changes and not row.is_new and not row.problems)


@dataclass(frozen=True)
class ImportData:
    """An import: its plan before it is confirmed, how many entries came and changed afterwards."""

    id: UUID
    ignored: tuple[str, ...]
    plan: ImportPlan | None
    report: dict[str, int] | None

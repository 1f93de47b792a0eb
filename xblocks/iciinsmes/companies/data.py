"""What the companies room hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class CompanyData:
    """A firm as other rooms and pages see it."""

    id: int
    name: str
    country: str
    trade: str
    size_class: str
    region: str = ""


@dataclass(frozen=True)
class CompanyForm:
    """A firm as somebody has typed it; `rules.check_company` says what is wrong with it."""

    name: str = ""
    country: str = ""
    region: str = ""
    trade: str = ""
    size_class: str = ""


@dataclass(frozen=True)
class MemberData:
    """A stay of a person in a firm; ``until`` is None while it lasts."""

    user_id: int
    name: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class CodeData:
    """A join code as it is shown, with the moment from which it opens nothing."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class MembershipData:
    """A firm in a course run, as its members see it."""

    company: CompanyData
    members: tuple[MemberData, ...]
    code: CodeData | None


@dataclass(frozen=True)
class CoachData:
    """A person who coaches a firm."""

    user_id: int
    name: str
    assigned_at: datetime


@dataclass(frozen=True)
class CompanyDetail:
    """A firm in a course run, as its coordinator sees it: with people who have left, and coaches."""

    company: CompanyData
    members: tuple[MemberData, ...]
    former: tuple[MemberData, ...]
    coaches: tuple[CoachData, ...]
    code: CodeData | None


@dataclass(frozen=True)
class CompanyRow:
    """A firm in the coordinator's list."""

    company: CompanyData
    members: int
    coaches: int


@dataclass(frozen=True)
class CompanyPage:
    """A page of the list; ``next_after`` is the key of the last firm if more follow."""

    rows: tuple[CompanyRow, ...]
    next_after: int | None


@dataclass(frozen=True)
class MergePreview:
    """What a merge moves from ``gone`` to ``kept``; ``filled`` is the kept firm as it is afterwards."""

    gone: CompanyData
    kept: CompanyData
    filled: CompanyData
    members: int
    former: int
    coaches: int
    codes: int


@dataclass(frozen=True)
class CoachedCompany:
    """A firm that a person coaches, and in which course run (its key as text)."""

    company: CompanyData
    course_key: str


@dataclass(frozen=True)
class TableLine:
    """One line of an imported table, as written there; ``number`` counts the lines of the file from 1."""

    number: int
    company: str = ""
    country: str = ""
    region: str = ""
    trade: str = ""
    size: str = ""
    username: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def person(self) -> str:
        """Return how the table names the person; empty for a line without one."""
        name = f"{self.first_name} {self.last_name}".strip()
        who = self.username or self.email
        return f"{name} ({who})" if name and who else name or who


@dataclass(frozen=True)
class OtherReading:
    """Another way to read the letters of a table, and the lines that are not the same then."""

    encoding: str
    lines: tuple[TableLine, ...]


@dataclass(frozen=True)
class MailColumn:
    """A column that may hold mail addresses, as its heading does not say; ``cells`` are line numbers and words."""

    heading: str
    line: int
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CompanyTable:
    """An imported table, and how it was read; ``ignored`` are columns that mean nothing here.

    ``readings`` and ``mail_columns`` are questions: until they are answered, the lines that they touch are not clear.
    """

    lines: tuple[TableLine, ...]
    encoding: str
    delimiter: str
    ignored: tuple[str, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    mail_columns: tuple[MailColumn, ...] = ()


@dataclass(frozen=True)
class Account:
    """What an import has to know of an account."""

    user_id: int
    username: str
    email: str


@dataclass(frozen=True)
class Known:
    """What is there when an import is planned; ``companies`` are id, name and country, ``stays`` user and company."""

    companies: tuple[tuple[int, str, str], ...]
    accounts: tuple[Account, ...]
    stays: dict[int, int]


@dataclass(frozen=True)
class PlannedLine:
    """What an import would do with a line; one with errors does nothing.

    ``company`` is new, known or empty; ``member`` is joins, is_member, elsewhere, no_account or empty.
    """

    line: TableLine
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    company: str = ""
    member: str = ""


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    ``new_companies`` are forms by key; ``joins`` are user ids with the key of a new firm or the id of a known one.
    """

    lines: tuple[PlannedLine, ...]
    new_companies: dict[tuple[str, str], CompanyForm]
    joins: tuple[tuple[int, tuple[str, str] | int], ...]

    def count(self, *, company: str = "", member: str = "") -> int:
        """Return how many lines have this firm or member state."""
        return sum(
            1 for line in self.lines if (company and line.company == company) or (member and line.member == member)
        )

    @property
    def errors(self) -> int:
        """Return how many lines would be skipped."""
        return sum(1 for line in self.lines if line.errors)

    @property
    def changes(self) -> bool:
        """Tell whether an import would change anything."""
        return bool(self.new_companies or self.joins)


@dataclass(frozen=True)
class ReportLine:
    """A line of a finished import that somebody has to look at."""

    number: int
    company: str
    person: str
    text: str


@dataclass(frozen=True)
class ImportReport:
    """What an import has done."""

    companies: int
    joined: int
    unchanged: int
    no_account: tuple[ReportLine, ...]
    skipped: tuple[ReportLine, ...]


@dataclass(frozen=True)
class CompanyImportData:
    """An import: its plan before it is confirmed, its report afterwards; ``table`` with the questions that are open."""

    id: UUID
    table: CompanyTable
    plan: Plan | None
    report: ImportReport | None

"""What the companies room hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
class FirmData:
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
class FirmDetail:
    """A firm in a course run, as its coordinator sees it: with people who have left, and coaches."""

    company: CompanyData
    members: tuple[MemberData, ...]
    former: tuple[MemberData, ...]
    coaches: tuple[CoachData, ...]
    code: CodeData | None


@dataclass(frozen=True)
class FirmRow:
    """A firm in the coordinator's list."""

    company: CompanyData
    members: int
    coaches: int


@dataclass(frozen=True)
class FirmPage:
    """A page of the list; ``next_after`` is the key of the last firm if more follow."""

    rows: tuple[FirmRow, ...]
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

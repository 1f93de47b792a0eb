"""The demo's accounts: its staff, and what the sign-in page offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iciinsmes.platform import Role

from .companies import COMPANIES, LEARNERS
from .companies.neighbours import NEIGHBOURS
from .evaluation import earlier_usernames
from .practices import FINISHED
from .project_data import COACH


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who teaches, coordinates or accompanies firms; ``role`` is that in the course, None for the coach."""

    username: str
    first_name: str
    last_name: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class OfferedAccount:
    """One account on the sign-in page; ``company`` is empty for all but learners, ``role`` None for the coach."""

    username: str
    name: str
    role: Role | None
    company: str = ""


#: The teacher stands first: demos begin at the desk.
PEOPLE = (
    DemoPerson("teacher", "Inga", "Sommer", Role.TEACHER),
    DemoPerson("coordinator", "Piotr", "Lis", Role.COORDINATOR),
    DemoPerson(COACH, "Kirsten", "Dahlgaard", None),
)


def usernames() -> frozenset[str]:
    """Return the user names of all accounts of the demo, those that are not offered too."""
    others = (*NEIGHBOURS, *FINISHED)
    there = (*(account.username for account in offered()), *(each.username for each in others))
    return frozenset({*there, *earlier_usernames()})


def offered() -> tuple[OfferedAccount, ...]:
    """Return the accounts in the order of the sign-in page: staff and coach, then learners firm by firm."""
    return tuple(_offered())


def _offered() -> Iterator[OfferedAccount]:
    held = {company.key: company.name for company in COMPANIES}
    for person in PEOPLE:
        yield OfferedAccount(person.username, f"{person.first_name} {person.last_name}", person.role)
    for learner in LEARNERS:
        yield OfferedAccount(learner.username, learner.name, Role.LEARNER, held[learner.company])

"""The demo's accounts: its staff, and what the sign-in page offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iciinsmes.platform import Role

from .texts import FIRMS, LEARNERS


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody on the staff of the demo's course."""

    username: str
    first_name: str
    last_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OfferedAccount:
    """One account on the sign-in page; ``firm`` is empty for the staff."""

    username: str
    name: str
    role: Role
    firm: str = ""


#: The teacher stands first: demos begin at the desk.
PEOPLE = (
    DemoPerson("teacher", "Inga", "Sommer", Role.TEACHER),
    DemoPerson("coordinator", "Piotr", "Lis", Role.COORDINATOR),
)


def offered() -> tuple[OfferedAccount, ...]:
    """Return the accounts in the order of the sign-in page: staff, then learners firm by firm."""
    return tuple(_offered())


def _offered() -> Iterator[OfferedAccount]:
    firms = {firm.key: firm.name for firm in FIRMS}
    for person in PEOPLE:
        yield OfferedAccount(person.username, f"{person.first_name} {person.last_name}", person.role)
    for learner in LEARNERS:
        yield OfferedAccount(learner.username, learner.name, Role.LEARNER, firms[learner.firm])

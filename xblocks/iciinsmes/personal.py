"""What every room hands out about one person, in one form, so that one zip can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any


@dataclass(frozen=True)
class PersonalFile:
    """A file of the person: its name as the person knows it, and how to open it for reading bytes."""

    name: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class PersonalData:
    """What a room keeps about a person.

    ``tables`` are rows by the name of their table; rows hold what Django writes as JSON, and may be read once only,
    because they come straight from the database. They name no other person: whoever has the zip has a right to the
    own data, not to that of others.
    """

    tables: Mapping[str, Iterable[Mapping[str, Any]]]
    files: Iterable[PersonalFile] = field(default=())

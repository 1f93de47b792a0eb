"""What can be wrong with the directory of support."""

from __future__ import annotations

from collections.abc import Mapping


class SupportError(Exception):
    """The root of this room's errors."""


class NotAllowedInDirectory(SupportError):
    """The person may not do or see this."""


class UnknownEntry(SupportError):
    """There is no such entry for this person."""


class UnknownContact(SupportError):
    """There is no such contact of this person's firm."""


class UnknownImport(SupportError):
    """The person has sent no such table."""


class WrongEntry(SupportError):
    """An entry that cannot be; ``problems`` are sentences by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class StaleSupportEntry(SupportError):
    """Somebody else has changed the entry meanwhile."""


class UnreadableEntries(SupportError):
    """A file is no table of entries; ``message`` is for whoever has sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TableHasProblems(SupportError):
    """A table is imported whole or not at all, and some of its lines cannot be."""


class AreaTaken(SupportError):
    """Somebody else keeps the area up to date, so only they give it on."""


class UnknownExamples(SupportError):
    """The file of examples that is shipped cannot be read."""

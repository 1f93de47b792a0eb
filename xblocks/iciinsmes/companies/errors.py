"""Everything that can go wrong with companies; the text of an error is written for the person who reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class CompaniesError(Exception):
    """Base of this room's errors; ``message`` is in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownCompany(CompaniesError):
    """No such firm takes part in this course run."""

    def __init__(self) -> None:
        super().__init__(_("This firm does not take part in the course."))


class InvalidCompany(CompaniesError):
    """Data of a firm that cannot be kept; ``errors`` maps a field to one sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class UnknownCode(CompaniesError):
    """The code opens no firm of this course run, or does not any more."""

    def __init__(self) -> None:
        super().__init__(_("This code is not valid, or it has expired. Ask your colleague for a new one."))


class TooManyGuesses(CompaniesError):
    """The person has tried too many wrong codes lately."""

    def __init__(self, minutes: int) -> None:
        text = ngettext(
            "You have tried too many wrong codes. Wait %(minutes)s minute, then try again.",
            "You have tried too many wrong codes. Wait %(minutes)s minutes, then try again.",
            minutes,
        )
        super().__init__(text % {"minutes": minutes})


class TooManyChanges(CompaniesError):
    """The person has changed firms more often than anybody needs to."""

    def __init__(self) -> None:
        super().__init__(_("You have changed firms very often in this course. Ask your coordinator to help you."))


class SameCompany(CompaniesError):
    """A firm cannot be merged with itself."""

    def __init__(self) -> None:
        super().__init__(_("Choose another firm. A firm cannot be merged with itself."))


class UnknownPerson(CompaniesError):
    """Nobody, or more than one person, is meant."""


class UnreadableImport(CompaniesError):
    """What was sent is no table of firms."""


class UnknownCompanyImport(CompaniesError):
    """There is no such import of this person."""

    def __init__(self) -> None:
        super().__init__(_("This import is not here any more. Send the table again."))

"""Fields of entries, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .data import Kind, ProjectPart

Words = str | Promise

#: Characters of a line, of a text and of a long one.
LINE, TEXT, LONG = 200, 2_000, 20_000


class FieldKind(StrEnum):
    """What a field holds, and so how it is typed, checked and written."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    HOURS = "hours"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSON = "person"
    ENTRY = "entry"
    ENTRIES = "entries"
    FILES = "files"


@dataclass(frozen=True)
class EntryField:
    """One field of a kind.

    ``least`` and ``most`` are inclusive bounds of numbers; ``of`` are the kinds of entries that a reference may name;
    ``pseudonym`` refuses names, addresses and numbers of people; texts are masked on the way in. What is ``own``
    the room writes itself: no form has it.
    """

    key: str
    kind: FieldKind
    label: Words
    required: bool = False
    help: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    length: int = LINE
    of: tuple[Kind, ...] = ()
    pseudonym: bool = False
    own: bool = False


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry: its fields, the part of the project in which it stands, and how many there may be.

    What is ``by_staff`` only a coach or staff writes, and everybody who may read the project reads.
    """

    kind: Kind
    title: Words
    plural: Words
    part: ProjectPart
    fields: tuple[EntryField, ...]
    most: int = 500
    by_staff: bool = False

    def field(self, key: str) -> EntryField:
        """Return the field; raises StopIteration for a key that the kind has not."""
        return next(field for field in self.fields if field.key == key)


def money(key: str, label: Words) -> EntryField:
    """Return a field for an amount of money, 0 or more."""
    return EntryField(key, FieldKind.NUMBER, label, least=Decimal(0), most=Decimal(10**9))


def hours_field(key: str, label: Words) -> EntryField:
    """Return a field for working time, as `hours.minutes_typed` reads it."""
    return EntryField(
        key, FieldKind.HOURS, label, help=_("Such as 1:30, 1.5 or 90 min."), least=Decimal(0), most=Decimal(10_000)
    )

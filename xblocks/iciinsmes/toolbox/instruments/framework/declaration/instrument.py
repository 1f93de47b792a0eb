"""What an instrument says about itself: everything but the arithmetic is data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..result.parts import Result
from ..texts.message import Text, msg
from .demo import Demo
from .table import Settings, Table, Value


class Phase(StrEnum):
    """Where in customer-centric innovation an instrument is used."""

    ACQUIRE = "A"
    PROCESS = "P"
    REALISE = "R"


class Need(StrEnum):
    """What a small firm says when it looks for an instrument."""

    ASK_CUSTOMERS = "ask-customers"
    COMPLAINTS = "complaints"
    LOYALTY = "loyalty"
    UNDERSTAND = "understand"
    WHICH_CUSTOMERS = "which-customers"
    IDEAS = "ideas"
    CHOOSE = "choose"
    OFFER = "offer"
    PRICE = "price"
    TEST = "test"
    MONEY = "money"
    DIGITAL = "digital"


NEEDS = {
    Need.ASK_CUSTOMERS: msg("I want to ask my customers"),
    Need.COMPLAINTS: msg("I have complaints"),
    Need.LOYALTY: msg("I want to know whether customers stay"),
    Need.UNDERSTAND: msg("I want to understand what customers need"),
    Need.WHICH_CUSTOMERS: msg("I want to know which customers matter most"),
    Need.IDEAS: msg("I need ideas"),
    Need.CHOOSE: msg("I have too many ideas"),
    Need.OFFER: msg("I want to change what I offer"),
    Need.PRICE: msg("I do not know what to charge"),
    Need.TEST: msg("I want to test before I build"),
    Need.MONEY: msg("I want to know whether it pays"),
    Need.DIGITAL: msg("I want to know how digital we are"),
}


class ValueKind(StrEnum):
    """What stands in a column or an option."""

    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    KEY = "key"  # a pseudonym such as C001, never a name
    WORD = "word"  # a category: cause, segment, step
    FREE_TEXT = "free_text"  # sentences; mail addresses and numbers in them are masked when they are read


@dataclass(frozen=True)
class AllowedValue:
    """One allowed value; how tables say it in other words stands in the language packs of `table_import`."""

    value: str | int
    title: Text


@dataclass(frozen=True)
class Column:
    """One column of the learner's table.

    ``minimum`` and ``maximum`` are the ends of the range, both allowed. By which names a column is recognised stands in
    the language packs of `table_import`.
    """

    key: str
    title: Text
    kind: ValueKind
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[AllowedValue, ...] = ()


@dataclass(frozen=True)
class Option:
    """Something the learner sets for a run; ``default`` None means that it may stay open."""

    key: str
    title: Text
    kind: ValueKind
    default: Value = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[AllowedValue, ...] = ()


def choice_column(
    key: str, title: Text, choices: Mapping[str, Text] | Mapping[int, Text], *, required: bool = True
) -> Column:
    """Return a column that holds one of these values; each has a title."""
    return Column(key, title, ValueKind.CHOICE, required, choices=tuple(map(AllowedValue, choices, choices.values())))


def choice_option(key: str, title: Text, choices: Mapping[str, Text]) -> Option:
    """Return an option that is one of these values, each with a title; the first one if nobody chooses."""
    allowed = tuple(map(AllowedValue, choices, choices.values()))
    return Option(key, title, ValueKind.CHOICE, allowed[0].value, choices=allowed)


def number_column(
    key: str, title: Text, low: float, high: float | None = None, *, whole: bool = False, required: bool = True
) -> Column:
    """Return a column of numbers from one to another, both allowed, or without an upper end."""
    return Column(key, title, ValueKind.INTEGER if whole else ValueKind.NUMBER, required, low, high)


def number_option(
    key: str, title: Text, low: float, high: float | None = None, *, whole: bool = False, default: float | None = None
) -> Option:
    """Return an option that is a number between two, both allowed; it may stay open without a default."""
    return Option(key, title, ValueKind.INTEGER if whole else ValueKind.NUMBER, default, low, high)


def switch_option(key: str, title: Text) -> Option:
    """Return an option that is yes or no; no if nobody switches it on."""
    return Option(key, title, ValueKind.YES_NO, False)


@dataclass(frozen=True)
class CardLayout:
    """How the rows of an instrument are laid out as cards, one card a row.

    ``place`` is the key of the choice column that says where a card lies, empty where cards stand in a row one after
    the other; ``text`` the key of the column with the card's words. ``layout`` is the grid of places as drawn on a wide
    screen, row by row: each cell a value of ``place`` or empty; a value that fills neighbouring cells spans them.
    ``columns`` are those of the cards where these are no rows of the instrument's table but what is written down before
    there are any: such a canvas is drawn and kept under a ``title`` and ``purpose`` of its own, and computes nothing.
    """

    place: str
    text: str
    layout: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Column, ...] = ()
    title: Text | None = None
    purpose: Text | None = None

    @property
    def is_table(self) -> bool:
        """Whether a card is a row of the instrument's table."""
        return not self.columns


@dataclass(frozen=True)
class Instrument:
    """One method of the toolbox.

    ``key`` names it in addresses and stored results and never changes; ``code`` is its number in the catalogue.
    ``explanation`` is read in a minute, one text a paragraph. A result that rests on fewer than ``minimum`` of what
    ``counted`` names gets the verdict "too little data". ``reference`` is the method's original. With a ``canvas`` its
    rows can be edited as cards, too.
    """

    key: str
    code: str
    title: Text
    phases: tuple[Phase, ...]
    needs: tuple[Need, ...]
    purpose: Text
    explanation: tuple[Text, ...]
    columns: tuple[Column, ...]
    minimum: int
    counted: Text
    reference: str
    demo: Demo
    compute: Callable[[Table, Settings], Result]
    options: tuple[Option, ...] = ()
    canvas: CardLayout | None = None

"""What a language must tell before tables in it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PeopleWords:
    """What gives away names of people. All are words as they are written, in small letters where nothing else is said.

    ``headings`` are names of columns that hold names, ``contacts`` of those with addresses, numbers and birthdays.
    ``titles`` stand before a name, ``short_titles`` also with a dot, ``capital_titles`` only with a capital letter: in
    small letters they are another word, and so they are before what begins like one of ``not_after_titles``. With
    ``degrees`` stands a dot, and their letters are as written. ``behind`` is how words begin that stand behind a name
    ("Kovács úr") and ``not_before`` what is no name in front of them. ``introductions`` ("my name is"), ``closings`` of
    letters, ``thanks`` and ``greetings`` are followed by a name. ``name_endings`` is what the language puts behind a
    name, without accents, ``common`` are ordinary words that are names too and parts of the names of firms; both have
    spaces between them.
    ``other_forms`` are regular expressions of names with the letters that a text must have for them to be tried.
    """

    headings: tuple[str, ...]
    contacts: tuple[str, ...]
    titles: tuple[str, ...]
    short_titles: tuple[str, ...]
    introductions: tuple[str, ...]
    closings: tuple[str, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    name_endings: str
    common: str
    degrees: tuple[str, ...] = ()
    capital_titles: tuple[str, ...] = ()
    not_after_titles: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    other_forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OrderWords:
    """How lists of orders say which rows are none.

    ``states`` are names of columns that say what a row is or what became of it, and ``undone`` is what stands there if
    nothing was sold; ``cancelled`` are names of columns that are filled only then. Where such a column has ``invoices``
    and ``payments`` of them, these are no orders. ``refunded`` are names of columns with money that was given back,
    ``currency`` of those with a currency, ``sides`` of those that say on which side of the books a row stands.
    """

    states: tuple[str, ...]
    undone: tuple[str, ...]
    cancelled: tuple[str, ...]
    refunded: tuple[str, ...]
    currency: tuple[str, ...]
    invoices: tuple[str, ...]
    payments: tuple[str, ...]
    sides: tuple[str, ...]


@dataclass(frozen=True)
class LanguagePack:
    """The words of one language, in any spelling: they are compared without capitals, most without accents as well.

    ``code`` is of ISO 639-1. ``months`` are twelve, each with the beginnings of its names. ``mornings`` and
    ``afternoons`` stand beside the time of day (am, pm). ``empty`` is written where nothing is known, with its dots;
    ``nothing`` as well, but only among numbers and days: elsewhere it may be an answer.
    ``errors`` is what spreadsheets show for a formula that cannot be computed, ``numbered_errors`` what stands
    there before a number. ``totals`` begin rows of sums,
    ``counts`` are names of columns that say for how many a row stands,
    ``answer_lines`` are what programs write below a question where others have the first answer. ``money`` are names
    of currencies in small letters by their code of ISO 4217, ``best_is_one`` names of columns with school marks of
    which 1 is the best, ``praise`` is what scales call their best end. ``out_of`` stands between "4" and "5" where four
    of five are meant, ``clock`` before and behind a time. ``beside_days`` before and behind a day.
    ``phones`` announce a telephone number.

    ``headings`` are names of columns by the key of the column, without its number if it ends with one, and after
    ``instrument-key/`` where they hold in place of those for that instrument alone. Each entry is a group of names with
    ``|`` between: the first groups go before the others, and two columns with names of one group are asked about. A
    star stands for any letters of a word. ``beside_headings`` are words beside such a name with which it means
    something else (tax amount, due date), by what columns hold: ``money``, ``day``, ``mark``, ``word`` and ``text``;
    those of ``key`` are the only ones that may stand beside the name of a key (customer number). ``answers`` are what
    tables say for a choice, by its English title, with ``|`` between.
    """

    code: str
    months: tuple[tuple[str, ...], ...]
    mornings: tuple[str, ...]
    afternoons: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    empty: tuple[str, ...]
    nothing: tuple[str, ...]
    errors: tuple[str, ...]
    numbered_errors: tuple[str, ...]
    totals: tuple[str, ...]
    counts: tuple[str, ...]
    answer_lines: tuple[str, ...]
    money: Mapping[str, tuple[str, ...]]
    best_is_one: tuple[str, ...]
    praise: tuple[str, ...]
    out_of: tuple[str, ...]
    clock: tuple[str, ...]
    beside_days: tuple[str, ...]
    phones: tuple[str, ...]
    people: PeopleWords
    orders: OrderWords
    headings: Mapping[str, tuple[str, ...]]
    beside_headings: Mapping[str, str]
    answers: Mapping[str, str]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a long list that is written with ``|`` between."""
    return tuple(text.split("|"))

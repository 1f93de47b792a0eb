"""The example that an instrument brings along: the rows of an invented firm, in English and in other languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .table import Value

Rows = Sequence[Sequence[Value]]
Options = tuple[tuple[str, Value], ...]

_ENGLISH = "en"


class Firm(StrEnum):
    """The invented firms of the demo data."""

    NORDLICHT = "Tischlerei Nordlicht"  # de, 14 staff, kitchens
    POD_DEBEM = "Piekarnia Pod Dębem"  # pl, 22 staff, bakery with three shops
    EL_SERVICE = "El-Service Fyn"  # da, 9 staff, electricians
    SZEP_HAJ = "Szép Haj Szalon"  # hu, 5 staff, small numbers everywhere


@dataclass(frozen=True)
class DemoEdition:
    """A demo in one language: rows in the order of the columns, made when asked for, and the options they go with."""

    rows: Callable[[], Rows]
    options: Options = ()
    language: str = _ENGLISH


@dataclass(frozen=True)
class Demo:
    """Rows of an invented firm in English, and their editions in other languages by the code of each.

    An edition has as many rows with the same numbers, days and keys, so that whoever reads it finds the same figures.
    """

    firm: Firm
    rows: Callable[[], Rows]
    options: Options = ()
    editions: Mapping[str, DemoEdition] = field(default_factory=dict)

    def read_in(self, code: str) -> DemoEdition:
        """Return the edition of a language such as ``de`` or ``de-at``, the English one where there is none."""
        for known in (code, code.partition("-")[0]):
            if known in self.editions:
                return self.editions[known]
        return DemoEdition(self.rows, self.options)


def reworded(
    rows: Callable[[], Rows], words: Mapping[str, Mapping[str, str]], options: Options = ()
) -> dict[str, DemoEdition]:
    """Return an edition for each language of ``words``: the same rows, its words in place of the English cells.

    Args:
        rows: the English ones.
        words: for each language what it says for an English word.
        options: hold in every language.
    """
    return {code: DemoEdition(_replacing(rows, said), options, code) for code, said in words.items()}


def _replacing(rows: Callable[[], Rows], said: Mapping[str, str]) -> Callable[[], Rows]:
    return lambda: [tuple(said.get(cell, cell) if isinstance(cell, str) else cell for cell in row) for row in rows()]

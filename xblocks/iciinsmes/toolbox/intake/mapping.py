"""Which column of a table is which column of an instrument; guessed here, corrected by the learner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from iciinsmes.toolbox.instruments.kit import Instrument

from .sheet import Sheet


def guess_mapping(instrument: Instrument, sheet: Sheet) -> Mapping[str, int]:
    """Return instrument column to index in the sheet, for the columns whose names are known.

    A name that is equal wins over one that only begins or ends alike; no column is used twice.
    """
    names = [plain_name(name) for name in sheet.names]
    found: dict[str, int] = {}
    for matches in (_is_equal, _is_part):
        for column in instrument.columns:
            known = [plain_name(name) for name in (column.key, *column.aliases, column.title.message)]
            free = [index for index in range(len(names)) if index not in found.values() and names[index]]
            fitting = [index for index in free if any(matches(names[index], name) for name in known)]
            if column.key not in found and fitting:
                found[column.key] = fitting[0]
    return found


def plain_name(name: str) -> str:
    """Return a column name in small letters without accents and signs, so that spellings of it are equal."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o").replace("æ", "ae"))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def _is_equal(name: str, known: str) -> bool:
    return name == known


def _is_part(name: str, known: str) -> bool:
    words = name.split()
    return len(known) > 2 and (known in words or f" {known} " in f" {name} ")

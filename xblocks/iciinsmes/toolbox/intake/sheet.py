"""A table as it was found: names of columns, rows of raw cells, and where each row stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: What a cell holds before it was read: words of a text file, or what a spreadsheet knows about it.
Raw = str | float | bool | date | None

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 60
MAX_CELL_CHARS = 5_000


@dataclass(frozen=True)
class Sheet:
    """Raw cells below names.

    ``rows`` may be shorter or longer than ``names``; ``lines`` are the numbers of the rows in the file, from 1.
    ``comma_is_decimal`` says how a lonely ``1,234`` is to be read; None if the file does not tell.
    """

    names: tuple[str, ...]
    rows: Sequence[Sequence[Raw]]
    lines: Sequence[int]
    comma_is_decimal: bool | None = None

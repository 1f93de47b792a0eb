"""Values between people's machines and ours: what pages send back, and cells that a spreadsheet program would run."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

#: Without it spreadsheet programs take a file for their country's old encoding.
BYTE_ORDER_MARK = "\ufeff"
#: What a spreadsheet program would run as a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - programs for East Asia take wide signs too
_BREAKS = ("\t", "\r", "\n")


def whole_number(text: str | None) -> int | None:
    """Read a row's key or a counter that a page sends back; None for nonsense, and for what no database can hold."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def read_uuid(text: str | None) -> UUID | None:
    """Read an id that a page sends back; None for nonsense."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def read_json(text: str | bytes) -> Any:
    """Return what a text in JSON means.

    Raises:
        ValueError: it is none, or lists within lists go deeper than anything sensible.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet program would run the cell, or leave something of it out."""
    return cell.startswith(_BREAKS) or cell.lstrip().startswith(_FORMULA)


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet program runs it: a leading apostrophe makes it text."""
    return f"'{cell}" if is_formula(cell) else cell


def guarded(cell: str) -> str:
    """Do the same so that `unguarded` finds the cell as it was: what begins with apostrophes itself gets one more."""
    return f"'{cell}" if is_formula(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    """Take the apostrophe away that `guarded` has put before the cell, if it has; a formula without one stays too."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell

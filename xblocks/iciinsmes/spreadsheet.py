"""Cells that a spreadsheet program shows and does not run."""

from __future__ import annotations

#: Without it spreadsheet programs take a file for their country's old encoding.
BYTE_ORDER_MARK = "\ufeff"
#: What a spreadsheet program would run as a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - programs for East Asia take wide signs too
_BREAKS = ("\t", "\r", "\n")


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet program runs it: a leading apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(_BREAKS) or cell.lstrip().startswith(_FORMULA) else cell

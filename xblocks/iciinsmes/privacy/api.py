"""The only door to privacy: everything about one person handed out or erased, retention, and the trail in words."""

from __future__ import annotations

from .audit_log_page import note_trail_export, page, table
from .retention import apply_retention, periods
from .retirement import (
    REASONS,
    ask_for_erasure,
    askable,
    confirm,
    covers_host,
    erase,
    export,
    find_person,
    person_kept,
)

__all__ = [
    "REASONS",
    "apply_retention",
    "ask_for_erasure",
    "askable",
    "confirm",
    "covers_host",
    "erase",
    "export",
    "find_person",
    "note_trail_export",
    "page",
    "periods",
    "person_kept",
    "table",
]

"""The only door to canvases: made and shared, cards, versions, and the table that the cards are."""

from __future__ import annotations

from .canvases import (
    canvases_of,
    create_canvas,
    find_canvas,
    open_canvas,
    remove_canvas,
    rename_canvas,
    share_canvas,
)
from .card_questions import ask_for_rest
from .cards import (
    add_card,
    bring_back_card,
    change_card,
    changes_since,
    find_card,
    move_card,
    remove_card,
    step_card,
)
from .drawn import computes, drawn_instruments
from .tables import complete_table, table_of
from .versions import restore_version, save_version, versions_of

__all__ = [
    "add_card",
    "ask_for_rest",
    "bring_back_card",
    "canvases_of",
    "change_card",
    "changes_since",
    "complete_table",
    "computes",
    "create_canvas",
    "drawn_instruments",
    "find_canvas",
    "find_card",
    "move_card",
    "open_canvas",
    "remove_canvas",
    "remove_card",
    "rename_canvas",
    "restore_version",
    "save_version",
    "share_canvas",
    "step_card",
    "table_of",
    "versions_of",
]

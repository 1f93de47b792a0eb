"""The only door to self-checks.

Whether somebody learns in the course run is the caller's to ask (`companies.api`); what is whose is known here.
"""

from __future__ import annotations

from .blocks import done_points, freeze_block, sent_count, standing_of, version_mark
from .checks import begin_again, clear_block, drop_repeat, save_draft, send
from .labels import show
from .model_file import write_model
from .places import register_place
from .reading import (
    before_and_after,
    blocks_of,
    company_together,
    compare_with_first,
    latest_id,
    own_check,
    run_means,
    sent_checks,
    sent_counts,
    sent_for,
    staff_page,
)
from .result_page import result_words
from .shipped import shipped_model

__all__ = [
    "before_and_after",
    "begin_again",
    "blocks_of",
    "clear_block",
    "company_together",
    "compare_with_first",
    "done_points",
    "drop_repeat",
    "freeze_block",
    "latest_id",
    "own_check",
    "register_place",
    "result_words",
    "run_means",
    "save_draft",
    "send",
    "sent_checks",
    "sent_count",
    "sent_counts",
    "sent_for",
    "shipped_model",
    "show",
    "staff_page",
    "standing_of",
    "version_mark",
    "write_model",
]

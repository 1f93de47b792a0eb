"""The only door to evaluations.

Permissions are the caller's to ask (`permissions`, `companies.api`), but for links, which allow what they open.
"""

from __future__ import annotations

from .blocks import done_points, freeze_block, standing_of
from .kept_answers import question_behind, say
from .questions import SECRETS, ask_all
from .reactions import answer, clear_block, cycles_of
from .reports import begin_report, drop_report, read_report, record_taken, reports_of, runs_for
from .run_facts import facts_of, say_facts

__all__ = [
    "SECRETS",
    "answer",
    "ask_all",
    "begin_report",
    "clear_block",
    "cycles_of",
    "done_points",
    "drop_report",
    "facts_of",
    "freeze_block",
    "question_behind",
    "read_report",
    "record_taken",
    "reports_of",
    "runs_for",
    "say",
    "say_facts",
    "standing_of",
]

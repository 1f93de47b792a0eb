"""The only door to workplace assignments.

Permissions are the caller's to ask (`companies.api`); this room keeps the rules of the work itself.
"""

from iciinsmes.html import safe_html

from .drafts import save_draft
from .firms import follow_merge, go_along
from .history import history
from .mentor_notices import tell_of_expiring_links
from .mentor_signals import listen
from .persons import expire_drafts, expire_works, export_person, forget_person
from .places import place_of
from .queue import queue, queue_counts, queue_counts_of, waiting_count
from .readers import can_read_round, may_open_file, may_open_result
from .result_evidence import attach_result, offers_of
from .results import grading, mark_opened, release, reopen, result_points
from .rounds import hand_in, withdraw
from .sign_offs import sign_off
from .signals import passed
from .tasks import assignments_of, current_task, freeze_task, is_in, round_count
from .telling import remind_due_soon
from .timeline import timeline
from .works import clear_work, may_edit, open_work, rounds_by_id, states_of, work_of

__all__ = [
    "assignments_of",
    "attach_result",
    "can_read_round",
    "clear_work",
    "current_task",
    "expire_drafts",
    "expire_works",
    "export_person",
    "follow_merge",
    "forget_person",
    "freeze_task",
    "go_along",
    "grading",
    "hand_in",
    "history",
    "is_in",
    "listen",
    "mark_opened",
    "may_edit",
    "may_open_file",
    "may_open_result",
    "offers_of",
    "open_work",
    "passed",
    "place_of",
    "queue",
    "queue_counts",
    "queue_counts_of",
    "release",
    "remind_due_soon",
    "reopen",
    "result_points",
    "round_count",
    "rounds_by_id",
    "safe_html",
    "save_draft",
    "sign_off",
    "states_of",
    "tell_of_expiring_links",
    "timeline",
    "waiting_count",
    "withdraw",
    "work_of",
]

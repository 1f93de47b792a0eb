"""The only door to workplace assignments.

Permissions are the caller's to ask (`companies.api`); this room keeps the rules of the work itself.
"""

from iciinsmes.lib.author_html import safe_html

from .answer_sources import answer_sources, asides_of, register_answer_source, register_aside, text_for_answer
from .drafts import save_draft
from .grading import grading, mark_opened, release, reopen, result_points
from .marking import finish, marks, may_release_alone, others_who_judge, take_back
from .permissions import can_read_round
from .planned_releases import RELEASE_DUE
from .presentation import ShownAnswer, ShownEvidence, ShownRound, points_text, shown_round
from .result_evidence import attach_result, offers_of
from .rounds import hand_in, withdraw
from .sign_offs import sign_off
from .standings import not_begun, round_ids, standings
from .subjects import draft_of, draft_subject, round_subject
from .tasks import assignments_of, current_task, freeze_task, round_count
from .timeline import history, timeline
from .works import clear_work, may_edit, open_work, passed_rounds, rounds_by_id, states_of, work_of

__all__ = [
    "RELEASE_DUE",
    "ShownAnswer",
    "ShownEvidence",
    "ShownRound",
    "answer_sources",
    "asides_of",
    "assignments_of",
    "attach_result",
    "can_read_round",
    "clear_work",
    "current_task",
    "draft_of",
    "draft_subject",
    "finish",
    "freeze_task",
    "grading",
    "hand_in",
    "history",
    "mark_opened",
    "marks",
    "may_edit",
    "may_release_alone",
    "not_begun",
    "offers_of",
    "open_work",
    "others_who_judge",
    "passed_rounds",
    "points_text",
    "register_answer_source",
    "register_aside",
    "release",
    "reopen",
    "result_points",
    "round_count",
    "round_ids",
    "round_subject",
    "rounds_by_id",
    "safe_html",
    "save_draft",
    "shown_round",
    "sign_off",
    "standings",
    "states_of",
    "take_back",
    "text_for_answer",
    "timeline",
    "withdraw",
    "work_of",
]

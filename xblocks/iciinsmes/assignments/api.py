"""The only door to workplace assignments.

Permissions are the caller's to ask (`companies.api`); this room keeps the rules of the work itself.
"""

from iciinsmes.lib.author_html import safe_html

from .answer_sources import answer_sources, asides_of, register_answer_source, register_aside, text_for_answer
from .drafts import save_draft
from .due_dates import days_later, due_date, due_dates, granted_dates
from .earlier_results import ShownEarlierResult, earlier_results
from .exceptions import cancel_round, correct_result, reset_work
from .extensions import Scope, common_due_date, end_extension, extend, extension, extensions, extensions_for
from .figures import (
    AnsweredRound,
    StandingCell,
    WorkedTime,
    answers,
    cells,
    counting_results,
    done_counts,
    not_begun_on,
    worked_time,
)
from .grading import grading, mark_opened, release, reopen, result_points
from .labels import state_words
from .listing import hold_rounds, listed_by_id, listed_rounds, most_criteria
from .marking import finish, marks, may_release_alone, others_who_judge, take_back
from .mentor_part import item_text
from .permissions import can_read_round
from .planned_releases import RELEASE_DUE
from .presentation import ShownAnswer, ShownEvidence, ShownFile, ShownRound, points_text, shown_file, shown_round
from .remarks import highlighted
from .result_evidence import attach_result, offers_of
from .rounds import hand_in, save_and_hand_in, withdraw
from .sign_offs import sign_off
from .standings import not_begun, round_ids, standings
from .subjects import draft_of, draft_subject, round_subject
from .tasks import assignments_of, current_task, freeze_task, round_count, tasks_of
from .timeline import LifeLine, history
from .transitions import timeline
from .waivers import end_waiver, waive, waiver_for, waivers
from .works import clear_work, may_edit, open_work, passed_rounds, rounds_by_id, states_of, work_of

__all__ = [
    "RELEASE_DUE",
    "AnsweredRound",
    "LifeLine",
    "Scope",
    "ShownAnswer",
    "ShownEarlierResult",
    "ShownEvidence",
    "ShownFile",
    "ShownRound",
    "StandingCell",
    "WorkedTime",
    "answer_sources",
    "answers",
    "asides_of",
    "assignments_of",
    "attach_result",
    "can_read_round",
    "cancel_round",
    "cells",
    "clear_work",
    "common_due_date",
    "correct_result",
    "counting_results",
    "current_task",
    "days_later",
    "done_counts",
    "draft_of",
    "draft_subject",
    "due_date",
    "due_dates",
    "earlier_results",
    "end_extension",
    "end_waiver",
    "extend",
    "extension",
    "extensions",
    "extensions_for",
    "finish",
    "freeze_task",
    "grading",
    "granted_dates",
    "hand_in",
    "highlighted",
    "history",
    "hold_rounds",
    "item_text",
    "listed_by_id",
    "listed_rounds",
    "mark_opened",
    "marks",
    "may_edit",
    "may_release_alone",
    "most_criteria",
    "not_begun",
    "not_begun_on",
    "offers_of",
    "open_work",
    "others_who_judge",
    "passed_rounds",
    "points_text",
    "register_answer_source",
    "register_aside",
    "release",
    "reopen",
    "reset_work",
    "result_points",
    "round_count",
    "round_ids",
    "round_subject",
    "rounds_by_id",
    "safe_html",
    "save_and_hand_in",
    "save_draft",
    "shown_file",
    "shown_round",
    "sign_off",
    "standings",
    "state_words",
    "states_of",
    "take_back",
    "tasks_of",
    "text_for_answer",
    "timeline",
    "waive",
    "waiver_for",
    "waivers",
    "withdraw",
    "work_of",
    "worked_time",
]

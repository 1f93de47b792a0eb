"""The only door to exercises: data sets, attempts, results."""

from __future__ import annotations

from .attempt_list import attempts_of_course, exercises_by_instrument, exercises_of, first_and_best, tools_used
from .attempts import (
    answer,
    attempt_count,
    begin,
    clear_block,
    done_points,
    exercise_of,
    exercise_with,
    freeze_block,
    open_exercise,
)
from .data_sets import data_sets_of, keep_data, read_data, remove_data, share_data
from .permissions import register_access_rule
from .shared import data_for_company, data_for_staff, results_for_company, results_for_staff
from .tool_results import own_result, read_result, remove_result, results_of, share_result

__all__ = [
    "answer",
    "attempt_count",
    "attempts_of_course",
    "begin",
    "clear_block",
    "data_for_company",
    "data_for_staff",
    "data_sets_of",
    "done_points",
    "exercise_of",
    "exercise_with",
    "exercises_by_instrument",
    "exercises_of",
    "first_and_best",
    "freeze_block",
    "keep_data",
    "open_exercise",
    "own_result",
    "read_data",
    "read_result",
    "register_access_rule",
    "remove_data",
    "remove_result",
    "results_for_company",
    "results_for_staff",
    "results_of",
    "share_data",
    "share_result",
    "tools_used",
]

"""The only door to exercises: data sets, attempts, results."""

from __future__ import annotations

from .attempt_list import attempts_of_course, exercises_of
from .attempts import (
    answer,
    attempt_count,
    begin,
    clear_attempts,
    exercise_of,
    freeze_settings,
    open_exercise,
    result_points,
)
from .data_sets import data_sets_of, expire_data, keep_data, read_data, remove_data, share_data
from .firms import follow_merge
from .persons import export_person, forget_person
from .readers import ask_holder
from .results import expire_results, own_result, read_result, remove_result, results_of, share_result
from .shared import data_for_firm, data_for_staff, results_for_firm, results_for_staff

__all__ = [
    "answer",
    "ask_holder",
    "attempt_count",
    "attempts_of_course",
    "begin",
    "clear_attempts",
    "data_for_firm",
    "data_for_staff",
    "data_sets_of",
    "exercise_of",
    "exercises_of",
    "expire_data",
    "expire_results",
    "export_person",
    "follow_merge",
    "forget_person",
    "freeze_settings",
    "keep_data",
    "open_exercise",
    "own_result",
    "read_data",
    "read_result",
    "remove_data",
    "remove_result",
    "result_points",
    "results_for_firm",
    "results_for_staff",
    "results_of",
    "share_data",
    "share_result",
]

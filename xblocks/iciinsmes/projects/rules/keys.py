"""What findings say, as keys; `labels` has a sentence for each."""

from __future__ import annotations

from enum import StrEnum


class LightReason(StrEnum):
    """Why a light is not green; what is in brackets are the values of the sentence."""

    #: R1 (days)
    SILENT = "silent"
    #: R2 (title, due, days)
    MILESTONE_OVERDUE = "milestone_overdue"
    #: R2 (count, titles, days), several at once
    MILESTONES_OVERDUE = "milestones_overdue"
    #: R3 (due, done: shares)
    BEHIND = "behind"
    #: R4 (no values)
    NO_KPI = "no_kpi"
    #: R4 (name)
    KPI_NO_BASELINE = "kpi_no_baseline"
    #: R4 (name)
    KPI_NO_TARGET = "kpi_no_target"
    #: R4 (name)
    KPI_NO_TARGET_DAY = "kpi_no_target_day"
    #: R4 (name)
    KPI_TARGET_IS_BASELINE = "kpi_target_is_baseline"
    #: R4 (name, attainment, time: shares)
    KPI_SLOW = "kpi_slow"
    #: R4 (name, attainment, time: shares), worse than at the start
    KPI_FALLEN = "kpi_fallen"
    #: R4 (name, time: share), nothing measured since the baseline
    KPI_UNMEASURED = "kpi_unmeasured"
    #: R4 (name, days)
    KPI_NO_VALUE = "kpi_no_value"
    #: R5 (overdue, count, blocked, titles)
    MEASURES_LATE = "measures_late"
    #: R5 (count, titles, blocked)
    MEASURES_OPEN_ENDED = "measures_open_ended"
    #: R6 (count, need)
    NO_CUSTOMERS = "no_customers"
    #: R6 (count, need)
    FEW_CUSTOMERS = "few_customers"
    #: R7 (spent, planned, ratio)
    HOURS_OVER = "hours_over"
    #: R7 (spent, planned, ratio)
    COST_OVER = "cost_over"
    #: R7 (spent), before anything was planned for
    HOURS_EARLY = "hours_early"
    #: R7 (spent)
    COST_EARLY = "cost_early"
    #: R8 (title, score)
    RISK_OPEN = "risk_open"
    #: R9 (title, moved)
    MILESTONE_MOVED = "milestone_moved"
    #: R10 (no values)
    NOT_AGREED = "not_agreed"
    #: R11 (count, days, since, skipped)
    UNANSWERED = "unanswered"
    #: R12 (last)
    PAUSED = "paused"


class Action(StrEnum):
    """The one thing that is suggested."""

    WRITE_DIARY = "write_diary"
    MEET_OR_MOVE_MILESTONE = "meet_or_move_milestone"
    REVIEW_PLAN = "review_plan"
    SET_KPI = "set_kpi"
    COMPLETE_KPI = "complete_kpi"
    ENTER_VALUE = "enter_value"
    CHANGE_MEASURES = "change_measures"
    FINISH_MEASURES = "finish_measures"
    ASSIGN_MEASURES = "assign_measures"
    ASK_CUSTOMERS = "ask_customers"
    CHECK_BUDGET = "check_budget"
    ADD_MEASURE = "add_measure"
    TALK_TO_COACH = "talk_to_coach"
    ASK_OWNER = "ask_owner"
    ANSWER = "answer"
    GO_ON = "go_on"

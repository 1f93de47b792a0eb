"""The only door to company development projects."""

from __future__ import annotations

from .aggregates import overview
from .blocks import clear_block, done_points, freeze_block, may_be_done, settle
from .board import agreed_of, board, coached_firms, measures_of
from .coaching import end_override, log_talk, make_measure, override_light, override_of, talks_of
from .company_gates import CompanyGates, CompanyReached, gates_of_companies, reached_by_companies
from .course_rules import CourseRulesData, choose_rules, reset_rules, rules_of
from .entries import (
    add_entries,
    add_entry,
    bring_back_entry,
    change_entry,
    entries_of,
    histories_of,
    remove_entry,
    removed_entries,
    versions_of,
)
from .evaluation import look_at_all
from .exam import write_exam
from .exchange.bring_in import bring_in
from .exchange.bundle import bundle_files, write_bundle
from .exchange.reading import MOST_BYTES as MOST_FILE_BYTES
from .exchange.reading import BadFile
from .exchange.take_out import project_as_json
from .files import RULES as FILE_RULES
from .files import begin_file, cancel_file, files_of, finish_file, keep_file, receive_piece, remove_file
from .firm_signs import register_sign, signs_for_coach
from .gate_links import BY_LINK, ask_by_link, links_of
from .gate_reading import ask_problems_of, checklist_of, project_of_request, requests_among, requests_of
from .gates import ask_for_decision, decide, decide_by_link, deciders_for, go_back, withdraw_request
from .labels import gate_name
from .matrix import matrix, matrix_choices
from .pauses import change_pause, declare_pause, pauses_of, take_back_pause
from .permissions import can_begin, can_choose_rules, can_see_all, can_see_overview
from .projects import begin_next, current_project, open_project, project_here, read_project
from .reading import Shown, names_of, show_own, show_project
from .record import Record, record_of
from .reminding import remind_all
from .report import SectionData, renew_section, report_of, save_section
from .report import leave_figure as leave_report_figure
from .report import take_figure as take_report_figure
from .results import ENDED, light_counts, ways_within
from .rules.attainment import progress_of
from .rules.gates import may_go_back
from .rules.pauses import pause_use as pause_use_of
from .rules.staff_light import working_days
from .staff_labels import staff_light_words
from .staff_light import AnswerTime, answer_times, light_of_counts, overdue_before, staff_light
from .summary_links import SECRETS as SUMMARY_SECRETS
from .summary_links import SummaryLinkData, links_to_summary, make_summary_link, revoke_summary_link, summary_behind
from .taking import EvidenceOffer, OfferedFigure, figures_of, offers_for, take_figure, take_over
from .taking_over import SideBySide, other_projects, side_by_side
from .taking_over import choose as choose_entry
from .taking_over import end_other as end_other_project
from .taking_over import take_over as take_entries_over
from .told_lines import ToldLine, ToldPart, may_name, told_lines
from .triggers import Phase, TriggerGroup, phase_of, triggers_of

__all__ = [
    "BY_LINK",
    "ENDED",
    "FILE_RULES",
    "MOST_FILE_BYTES",
    "SUMMARY_SECRETS",
    "AnswerTime",
    "BadFile",
    "CompanyGates",
    "CompanyReached",
    "CourseRulesData",
    "EvidenceOffer",
    "OfferedFigure",
    "Phase",
    "Record",
    "SectionData",
    "Shown",
    "SideBySide",
    "SummaryLinkData",
    "ToldLine",
    "ToldPart",
    "TriggerGroup",
    "add_entries",
    "add_entry",
    "agreed_of",
    "answer_times",
    "ask_by_link",
    "ask_for_decision",
    "ask_problems_of",
    "begin_file",
    "begin_next",
    "board",
    "bring_back_entry",
    "bring_in",
    "bundle_files",
    "can_begin",
    "can_choose_rules",
    "can_see_all",
    "can_see_overview",
    "cancel_file",
    "change_entry",
    "change_pause",
    "checklist_of",
    "choose_entry",
    "choose_rules",
    "clear_block",
    "coached_firms",
    "current_project",
    "decide",
    "decide_by_link",
    "deciders_for",
    "declare_pause",
    "done_points",
    "end_other_project",
    "end_override",
    "entries_of",
    "figures_of",
    "files_of",
    "finish_file",
    "freeze_block",
    "gate_name",
    "gates_of_companies",
    "go_back",
    "histories_of",
    "keep_file",
    "leave_report_figure",
    "light_counts",
    "light_of_counts",
    "links_of",
    "links_to_summary",
    "log_talk",
    "look_at_all",
    "make_measure",
    "make_summary_link",
    "matrix",
    "matrix_choices",
    "may_be_done",
    "may_go_back",
    "may_name",
    "measures_of",
    "names_of",
    "offers_for",
    "open_project",
    "other_projects",
    "overdue_before",
    "override_light",
    "override_of",
    "overview",
    "pause_use_of",
    "pauses_of",
    "phase_of",
    "progress_of",
    "project_as_json",
    "project_here",
    "project_of_request",
    "reached_by_companies",
    "read_project",
    "receive_piece",
    "record_of",
    "register_sign",
    "remind_all",
    "remove_entry",
    "remove_file",
    "removed_entries",
    "renew_section",
    "report_of",
    "requests_among",
    "requests_of",
    "reset_rules",
    "revoke_summary_link",
    "rules_of",
    "save_section",
    "settle",
    "show_own",
    "show_project",
    "side_by_side",
    "signs_for_coach",
    "staff_light",
    "staff_light_words",
    "summary_behind",
    "take_back_pause",
    "take_entries_over",
    "take_figure",
    "take_over",
    "take_report_figure",
    "talks_of",
    "told_lines",
    "triggers_of",
    "versions_of",
    "ways_within",
    "withdraw_request",
    "working_days",
    "write_bundle",
    "write_exam",
]

"""The only door to best practices."""

from __future__ import annotations

from .blocks import block_settings, clear_block, done_points, freeze_block, mark_read
from .case_file import cases_to_read, read_file
from .consent import agree, case_behind
from .consent import refuse as refuse_by_link
from .deciding import (
    case_for_staff,
    may_see_staff_pages,
    proposals_of_run,
    publish,
    refuse_case,
    waiting_count,
)
from .proposing import SECRETS as CONSENT_SECRETS
from .proposing import CaseOffer, Chosen, offer_of, proposal_here, propose, take_back
from .reading import can_read, case_of, cases_by_keys, cases_for, choices, library, without_name

__all__ = [
    "CONSENT_SECRETS",
    "CaseOffer",
    "Chosen",
    "agree",
    "block_settings",
    "can_read",
    "case_behind",
    "case_for_staff",
    "case_of",
    "cases_by_keys",
    "cases_for",
    "cases_to_read",
    "choices",
    "clear_block",
    "done_points",
    "freeze_block",
    "library",
    "mark_read",
    "may_see_staff_pages",
    "offer_of",
    "proposal_here",
    "proposals_of_run",
    "propose",
    "publish",
    "read_file",
    "refuse_by_link",
    "refuse_case",
    "take_back",
    "waiting_count",
    "without_name",
]

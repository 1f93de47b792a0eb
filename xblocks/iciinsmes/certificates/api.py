"""The only door to certificates.

Whether somebody teaches, coordinates or learns in the course run is the caller's to ask (`companies.api`).
"""

from __future__ import annotations

from .choosing import choose_criteria, criteria_of
from .issuing import (
    MOST_REASON,
    certificates_of,
    check,
    check_url,
    correct_name,
    current_certificates,
    issue,
    read_certificate,
    revoke,
    show_name,
)
from .looking import look_at, look_at_all
from .presence import MOST_SESSIONS, add_session, mark, presences_in, remove_session, session_of, sessions_of
from .reading import Filter, complete_among, learners_for, overview, standing_of
from .sheets import sheet_json
from .words import asked_words, confirm, words_about

__all__ = [
    "MOST_REASON",
    "MOST_SESSIONS",
    "Filter",
    "add_session",
    "asked_words",
    "certificates_of",
    "check",
    "check_url",
    "choose_criteria",
    "complete_among",
    "confirm",
    "correct_name",
    "criteria_of",
    "current_certificates",
    "issue",
    "learners_for",
    "look_at",
    "look_at_all",
    "mark",
    "overview",
    "presences_in",
    "read_certificate",
    "remove_session",
    "revoke",
    "session_of",
    "sessions_of",
    "sheet_json",
    "show_name",
    "standing_of",
    "words_about",
]

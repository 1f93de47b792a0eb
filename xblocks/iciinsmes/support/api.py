"""The only door to the directory of support."""

from __future__ import annotations

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from .areas import (
    adviser_of,
    areas_of,
    can_edit,
    editors,
    give_area,
    give_area_on_site,
    may_take,
    reader_of,
    take_area,
)
from .blocks import block_settings, clear_block, done_points, freeze_block, settle
from .contacts import contacts_of, drop_contact, log_contact, referrals_of, say_outcome
from .entries import change_entry, check_entry, country_codes, history_of, make_entry
from .errors import NotAllowedInDirectory
from .examples import missing_examples, take_examples, take_examples_on_site
from .facts import register_answer_days, register_stage
from .imports import begin_import, cancel_import, confirm_import, import_here, taken_out
from .labels import KINDS, caution
from .searching import countries_here, entry_here, find, refer, to_check
from .table import MOST_BYTES
from .wanting import want_of

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "adviser_of",
    "areas_of",
    "begin_import",
    "block_settings",
    "can_edit",
    "cancel_import",
    "caution",
    "change_entry",
    "check_entry",
    "clear_block",
    "confirm_import",
    "contacts_of",
    "countries_here",
    "country_codes",
    "done_points",
    "drop_contact",
    "editors",
    "entry_here",
    "find",
    "freeze_block",
    "give_area",
    "give_area_on_site",
    "history_of",
    "import_here",
    "log_contact",
    "make_entry",
    "may_take",
    "missing_examples",
    "page_for",
    "reader_of",
    "refer",
    "referrals_of",
    "register_answer_days",
    "register_stage",
    "say_outcome",
    "settle",
    "take_area",
    "take_examples",
    "take_examples_on_site",
    "taken_out",
    "to_check",
    "want_of",
]


def page_for(*, user_id: int, course_key: CourseKey) -> str:
    """Return where a person finds who helps, for pages of rooms above; empty for who does not read the directory."""
    try:
        reader_of(user_id=user_id, course_key=course_key)
    except NotAllowedInDirectory:
        return ""
    return reverse("iciinsmes:support", args=[course_key])

"""What companies bring to other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .coordination import company_names
from .merging import end_run, move_coaches, register_company_table
from .models import CompanyCoach, CompanyMembership, CompanyRun, JoinCode


def connect() -> None:
    """Say what is kept here about people and for firms, and the words for what is done with firms."""
    register_source(
        name="companies",
        words=_("Firms belonged to, firms coached, and when tables were imported."),
        keeper=retirement,
    )
    register_period(
        name="stays",
        words=_("Which firm somebody belonged to, after leaving it"),
        setting="ICIINSMES_KEEP_STAYS_DAYS",
        expire=retirement.expire_stays,
    )
    register_period(
        name="imports",
        words=_("Tables of firms and members that were sent for an import"),
        setting="ICIINSMES_KEEP_IMPORTS_DAYS",
        expire=retirement.expire_imports,
    )
    register_company_table(table=CompanyMembership)
    register_company_table(table=JoinCode)
    register_company_table(table=CompanyCoach, move=move_coaches)
    register_company_table(table=CompanyRun, move=end_run)
    audit_log.register_verbs(
        {
            "code_made": _("made a join code"),
            "code_renewed": _("replaced the join code"),
            "code_shown": _("saw the join code"),
            "code_used": _("used the join code"),
            "coach_assigned": _("assigned a coach"),
            "coach_removed": _("removed a coach"),
            "firm_edited": _("changed a firm"),
            "firm_joined": _("joined a firm"),
            "firm_left": _("left a firm"),
            "firm_merged": _("merged a firm into this one"),
            "firm_registered": _("registered a firm"),
            "firms_imported": _("imported firms and members"),
        }
    )
    audit_log.register_subjects({"company": _("Firm")}, names_of=_names)
    audit_log.register_subjects({"import": _("Import")})
    audit_log.register_details({"firms": _counts})


def _names(*, ids: set[int], course_key: CourseKey) -> Mapping[int, str]:
    return company_names(company_ids=ids, course_key=course_key)


def _counts(detail: Mapping[str, Any]) -> str:
    """Return how many firms and members an import brought; what was forgotten with a person says nothing."""
    if "joined" not in detail:
        return ""
    return gettext("firms: %(firms)s, members: %(joined)s") % detail

"""What the directory of support brings to rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .models import SupportContact


def connect() -> None:
    """Say what is kept here for people and firms, for how long, and the words for what is done with entries."""
    register_company_table(table=SupportContact)
    register_source(
        name="support",
        words=_("Support: whom you have asked and what came of it, and what you have edited in the directory."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="support_contacts",
        words=_("Whom firms have asked for support"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=retirement.expire_contacts,
    )
    register_period(
        name="support_people",
        words=_("Contact persons in the directory of support, after somebody has checked the entry last"),
        setting="ICIINSMES_KEEP_SUPPORT_PEOPLE_DAYS",
        expire=retirement.expire_people,
    )
    register_period(
        name="support_history",
        words=_("Who has changed what in the directory of support"),
        setting="ICIINSMES_KEEP_SUPPORT_HISTORY_DAYS",
        expire=retirement.expire_history,
    )
    register_period(
        name="support_imports",
        words=_("Tables that were sent for the directory of support"),
        setting="ICIINSMES_KEEP_IMPORTS_DAYS",
        expire=retirement.expire_imports,
    )
    audit_log.register_verbs(
        {
            "support_area_given": _("let somebody edit a part of the directory of support"),
            "support_area_taken": _("no longer lets somebody edit a part of the directory of support"),
            "support_entry_changed": _("changed an entry of the directory of support"),
            "support_entry_checked": _("checked an entry of the directory of support"),
            "support_entry_made": _("wrote down an entry of the directory of support"),
            "support_examples_taken": _("took over examples into the directory of support"),
            "support_imported": _("brought a table into the directory of support"),
            "support_taken": _("took out the directory of support as a table"),
        }
    )
    audit_log.register_subjects(
        {
            "support_area": _("Part of the directory of support"),
            "support_entry": _("Entry of the directory of support"),
            "support_import": _("Import"),
            "support_table": _("Directory of support"),
        }
    )
    audit_log.register_details({"support_new": _counts})


def _counts(detail: Mapping[str, Any]) -> str:
    if "support_changed" not in detail:
        return ""
    return gettext("new: %(support_new)s, changed: %(support_changed)s") % detail

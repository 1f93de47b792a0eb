"""What exercises bring to rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .data_sets import expire_data
from .models import DataSet, ToolResult
from .tool_results import expire_results


def connect() -> None:
    """Say what is kept here for people and firms, for how long, and the words for what is done with it."""
    register_source(
        name="exercises",
        words=_("Customer data brought along, results computed from them, and answers to exercises."),
        keeper=retirement,
    )
    register_period(
        name="data",
        words=_("Rows of customer data, after their last use"),
        setting="ICIINSMES_KEEP_DATA_DAYS",
        expire=expire_data,
    )
    register_period(
        name="results",
        words=_("Results of exercises and the answers to them, after they were made"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=expire_results,
    )
    register_company_table(table=DataSet)
    register_company_table(table=ToolResult)
    audit_log.register_verbs(
        {
            "data_read": _("read customer data"),
            "data_removed": _("removed customer data"),
            "exercise_done": _("finished an exercise"),
            "result_read": _("read the result of an exercise"),
        }
    )
    audit_log.register_subjects({"attempt": _("Exercise"), "data": _("Customer data"), "result": _("Result")})
    audit_log.register_details({"attempt": _attempt})


def _attempt(detail: Mapping[str, Any]) -> str:
    return gettext("attempt %(number)s") % {"number": detail["attempt"]}

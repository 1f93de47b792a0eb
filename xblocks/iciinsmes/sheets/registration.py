"""What sheets bring to other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib.personal_data import register_period, register_source

from . import archive_work, archives, import_work, imports, retirement
from .data import Table
from .labels import table_words

#: How soon somebody goes on where a worker has died.
_SOON = timedelta(minutes=1)


def connect() -> None:
    """Say what is done behind requests, what is kept about people, and the words for what is done with sheets."""
    on_job(name=imports.JOB, job=import_work.work_on)
    on_job(name=archives.JOB, job=archive_work.work_on)
    on_schedule(name="sheets.imports", task=import_work.go_on_with_imports, every=_SOON)
    on_schedule(name="sheets.archives", task=archive_work.go_on_with_archives, every=_SOON)
    register_source(
        name="sheets",
        words=_("Sheets of grades that you have sent, and archives of evidence that you have had made."),
        keeper=retirement,
    )
    register_period(
        name="sheets",
        words=_("Sheets of grades that were sent, with what was there before"),
        setting="ICIINSMES_KEEP_SHEETS_DAYS",
        expire=retirement.expire_sheets,
    )
    register_period(
        name="archives",
        words=_("Zips of evidence, after they were begun"),
        setting="ICIINSMES_KEEP_ARCHIVES_DAYS",
        expire=retirement.expire_archives,
    )
    audit_log.register_verbs(
        {
            "archive_opened": _("downloaded a zip of evidence"),
            "evidence_archived": _("had evidence put into zips"),
            "grades_imported": _("imported grades from a sheet"),
            "import_undone": _("undid an import of grades"),
            "sheet_taken_out": _("downloaded a table"),
        }
    )
    audit_log.register_subjects({"archive": _("Zip of evidence"), "sheet": _("Sheet")})
    audit_log.register_details({"lines": _lines, "rounds": _rounds, "table": _table})


def _lines(detail: Mapping[str, Any]) -> str:
    return ngettext("%(count)s line", "%(count)s lines", detail["lines"]) % {"count": detail["lines"]}


def _rounds(detail: Mapping[str, Any]) -> str:
    return gettext("rounds: %(count)s") % {"count": detail["rounds"]}


def _table(detail: Mapping[str, Any]) -> str:
    return table_words(Table(detail["table"]))

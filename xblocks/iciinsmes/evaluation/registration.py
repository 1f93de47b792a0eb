"""What evaluations bring to rooms below."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .questions import ask_all
from .reports import JOB, go_on_with_reports, work_on

#: How soon somebody goes on where a worker has died.
_SOON = timedelta(minutes=1)
#: Less than a day, so that a night that begins a moment earlier than the last one is not left out.
_NIGHTLY = timedelta(hours=20)


def connect() -> None:
    """Say what is kept about people and how long, what is done behind requests and at night, and words of the trail."""
    on_job(name=JOB, job=work_on)
    on_schedule(name="evaluation.reports", task=go_on_with_reports, every=_SOON)
    on_schedule(name="evaluation.kept", task=ask_all, every=_NIGHTLY)
    register_source(
        name="evaluation",
        words=_("What you said after each cycle, and months later about what has stayed; reports made for you."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="evaluation",
        words=_("What learners said after each cycle and months later"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=retirement.expire,
    )
    register_period(
        name="evaluation_reports",
        words=_("Evaluation reports, after they were begun"),
        setting="ICIINSMES_KEEP_SHEETS_DAYS",
        expire=retirement.expire_reports,
    )
    audit_log.register_verbs(
        {
            "evaluation_taken": _("took an evaluation report out"),
            "run_described": _("said college, country or last day of the course run"),
        }
    )
    audit_log.register_subjects({"evaluated_run": _("Course run"), "evaluation": _("Evaluation report")})

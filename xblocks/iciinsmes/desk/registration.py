"""What the desk brings to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.personal_data import register_source

from . import retirement


def connect() -> None:
    """Say what is kept here about people, and what the trail is told."""
    register_source(name="desk", words=_("Filters of the queue that you have kept under a name."), keeper=retirement)
    audit_log.register_verbs({"report_taken": _("took a report out of the course")})
    audit_log.register_subjects({"report": _("Report")})

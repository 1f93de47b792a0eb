"""What the desk brings to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.jobs import on_schedule
from iciinsmes.lib.personal_data import register_source
from iciinsmes.notices.api import register_kinds

from . import retirement
from .leavers import EVERY, let_go_everywhere
from .notice_kinds import KINDS


def connect() -> None:
    """Say what is kept here about people, what they and the trail are told, and who is looked for."""
    register_kinds(KINDS)
    on_schedule(name="desk.leavers", task=let_go_everywhere, every=EVERY)
    register_source(name="desk", words=_("Filters of the queue that you have kept under a name."), keeper=retirement)
    audit_log.register_verbs(
        {"report_taken": _("took a report out of the course"), "work_allocated": _("allocated work")}
    )
    audit_log.register_subjects({"report": _("Report"), "queue": _("Queue")})

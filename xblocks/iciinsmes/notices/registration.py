"""What notices bring to other rooms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.jobs import on_job
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .kinds import MESSAGE, register_kinds
from .outbox import DELIVER, deliver_soon


def connect() -> None:
    """Say what is kept here about people, what this room tells itself, and how a mail leaves."""
    register_source(
        name="notices", words=_("What the inbox and mails told, and when mails are wanted."), keeper=retirement
    )
    register_period(
        name="notices",
        words=_("What people were told in their inboxes"),
        setting="ICIINSMES_KEEP_NOTICES_DAYS",
        expire=retirement.expire,
    )
    register_kinds([MESSAGE])
    on_job(name=DELIVER, job=deliver_soon)

"""What sign-offs by mentors bring to rooms below."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from iciinsmes.jobs import on_schedule
from iciinsmes.lib.personal_data import register_source

from . import retirement
from .sign_off_requests import remind_due


def connect() -> None:
    """Say what is kept here about people, and remind mentors from time to time."""
    register_source(
        name="mentors",
        words=_("When mentors were asked, and what they answered."),
        keeper=retirement,
    )
    on_schedule(name="mentors.reminders", task=remind_due, every=timedelta(hours=6))

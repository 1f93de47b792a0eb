"""What is done regularly where Celery beat runs: the same as the commands that a cron calls elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from iciinsmes.jobs import DO_JOB

#: At this hour (UTC) the nightly work begins, as in the plugin for Tutor.
_HOUR = 3


def add_beat(settings: Any) -> None:
    """Have mails and reminders looked at every five minutes, and old things dropped at night; in the LMS only.

    Studio has no pages of the add-on that a mail could lead to. A schedule is only read by a beat; Tutor runs none.

    Args:
        settings: the platform's settings module; others, without a schedule, are left alone.
    """
    schedule = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if schedule is None or not getattr(settings, "ROOT_URLCONF", "").startswith("lms."):
        return
    from celery.schedules import crontab

    ours = {
        "iciinsmes-notices": {"task": DO_JOB, "args": ["regular.notices", []], "schedule": timedelta(minutes=5)},
        "iciinsmes-retention": {
            "task": DO_JOB,
            "args": ["regular.retention", []],
            "schedule": crontab(hour=_HOUR, minute=0),
        },
        "iciinsmes-repair": {
            "task": DO_JOB,
            "args": ["regular.repair", []],
            "schedule": crontab(hour=_HOUR, minute=30),
        },
    }
    settings.CELERYBEAT_SCHEDULE = {**ours, **schedule}

"""``manage.py ici_notices``: reminders, digests, and mails that wait; for cron, every five minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iciinsmes.notices import api


class Command(BaseCommand):
    """See the module."""

    help = (
        "Does what is due: reminders, digests and mails that wait. Run it every five minutes; two at once do no harm."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do what is due; fail, after everything else is done, if a task has failed."""
        failed = api.run_schedule()
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")

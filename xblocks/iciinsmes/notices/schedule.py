"""What is done from time to time: tasks of other rooms, digests, mails that wait, and clearing away."""

from __future__ import annotations

import logging
from datetime import timedelta

from iciinsmes.jobs import ScheduledTask, scheduled
from iciinsmes.lib.leases import claim

from .digests import send_digests
from .models import ScheduledRun
from .outbox import deliver_due
from .retirement import clear_mails

log = logging.getLogger(__name__)


#: Own tasks, done last, so that digests tell what the others have just told.
_OWN = {
    "notices.digests": ScheduledTask(send_digests, timedelta(0)),
    "notices.clear_mails": ScheduledTask(clear_mails, timedelta(days=1)),
}


def claim_run(*, name: str, pause: timedelta) -> bool:
    """Tell whether the caller may do what ``name`` stands for, because nobody has begun it for at least ``pause``.

    Args:
        name: unique, at most 80 characters.
        pause: how long ago the last time must be.
    """
    return claim(ScheduledRun.objects.all(), pause=pause, name=name)


def run_schedule() -> list[str]:
    """Do what is due now, then send what waits; return the names of tasks that failed.

    May run at the same time on several machines: every task, digest and mail is claimed before it is done.
    """
    failed = [name for name, task in {**scheduled(), **_OWN}.items() if not _run(name, task)]
    deliver_due()
    return failed


def _run(name: str, task: ScheduledTask) -> bool:
    """Run a task if it is due; return False if it failed."""
    if not claim_run(name=name, pause=task.every):
        return True
    try:
        task.run()
    except Exception:  # one room's mistake must not silence the others, and is told in full
        log.exception("scheduled task %s failed", name)
        return False
    return True

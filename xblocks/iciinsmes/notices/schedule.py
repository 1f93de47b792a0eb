"""What is done from time to time: tasks of other rooms, digests, mails that wait, and clearing away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from .digests import send_digests
from .keeping import clear_mails
from .models import ScheduledRun
from .once import claim
from .outbox import deliver_due

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Task:
    run: Callable[[], object]
    every: timedelta


_TASKS: dict[str, _Task] = {}

#: Own tasks, done last, so that digests tell what the others have just told.
_OWN = {
    "notices.digests": _Task(send_digests, timedelta(0)),
    "notices.clear_mails": _Task(clear_mails, timedelta(days=1)),
}


def on_schedule(*, name: str, task: Callable[[], object], every: timedelta) -> None:
    """Have ``task`` called from time to time; rooms say so when the app starts.

    Args:
        name: unique, at most 80 characters, such as ``assignments.due_soon``; the same name again replaces the task.
        task: called without arguments and outside of a transaction; its answer is not looked at. What it raises is
            logged and stops no other task.
        every: not more often than this, on all machines together. The schedule itself is looked at every few minutes.
    """
    _TASKS[name] = _Task(task, every)


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
    failed = [name for name, task in (_TASKS | _OWN).items() if not _run(name, task)]
    deliver_due()
    return failed


def _run(name: str, task: _Task) -> bool:
    """Run a task if it is due; return False if it failed."""
    if not claim_run(name=name, pause=task.every):
        return True
    try:
        task.run()
    except Exception:  # one room's mistake must not silence the others, and is told in full
        log.exception("scheduled task %s failed", name)
        return False
    return True

"""Work that is done outside of anybody's request, known by a name, so that queues carry only names and ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from iciinsmes.lib.registry import Registry

#: The task of Celery that does a job; beats name it in their schedules.
DO_JOB = "iciinsmes.do_job"

_Job = Callable[..., object]


@dataclass(frozen=True)
class ScheduledTask:
    """Something that is done from time to time, at most once in ``every``."""

    run: Callable[[], object]
    every: timedelta


_JOBS: Registry[_Job] = Registry("job")
_SCHEDULE: Registry[ScheduledTask] = Registry("scheduled task")


def on_job(*, name: str, job: _Job) -> None:
    """Say what is done under a name that `Host.defer` is called with; rooms do in their `registration`.

    Args:
        name: unique, such as ``notices.deliver``.
        job: called with the ids, outside of a transaction. It may be called twice, late or never, so it claims what it
            does, and something that runs regularly does what it has left.

    Raises:
        DoubledKey: another job has this name.
    """
    _JOBS.add(name, job)


def run_job(name: str, *ids: str | int) -> None:
    """Do a job now.

    Raises:
        UnknownKey: this process knows no such job, because it runs another release than the one that asked for it.
    """
    _JOBS[name](*ids)


def on_schedule(*, name: str, task: Callable[[], object], every: timedelta) -> None:
    """Have ``task`` called from time to time; rooms say so in their `registration`, and `notices.run_schedule` does it.

    Args:
        name: unique, at most 80 characters, such as ``assignments.due_soon``.
        task: called without arguments and outside of a transaction; its answer is not looked at. What it raises is
            logged and stops no other task.
        every: not more often than this, on all machines together. The schedule itself is looked at every few minutes.

    Raises:
        DoubledKey: another task has this name.
    """
    _SCHEDULE.add(name, ScheduledTask(task, every))


def scheduled() -> Mapping[str, ScheduledTask]:
    """Return what is done from time to time, by name."""
    return _SCHEDULE

"""Work that is done outside of anybody's request, known by a name, so that queues carry only names and ids."""

from __future__ import annotations

from collections.abc import Callable

#: The task of Celery that does a job; beats name it in their schedules.
DO_JOB = "iciinsmes.do_job"

_JOBS: dict[str, Callable[..., object]] = {}


def on_job(*, name: str, job: Callable[..., object]) -> None:
    """Say what is done under a name that `Host.defer` is called with; rooms above do when the app starts.

    Args:
        name: unique, such as ``notices.deliver``; the same name again replaces the job.
        job: called with the ids, outside of a transaction. It may be called twice, late or never, so it claims what it
            does, and something that runs regularly does what it has left.
    """
    _JOBS[name] = job


def run_job(name: str, *ids: str | int) -> None:
    """Do a job now.

    Raises:
        KeyError: this process knows no such job, because it runs another release than the one that asked for it.
    """
    _JOBS[name](*ids)

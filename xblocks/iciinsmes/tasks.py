"""The one task of Celery that does what requests leave behind, and what `settings.beat` has done regularly.

Only the platform imports this module, which it looks for in every app.
"""

from __future__ import annotations

from celery import shared_task

from iciinsmes.jobs import DO_JOB, run_job


@shared_task(name=DO_JOB, ignore_result=True)
def do_job(name: str, ids: list[str | int]) -> None:
    """Do a job by its name; a failure is Celery's to log."""
    run_job(name, *ids)

"""The one task of Celery that does what requests leave behind, and what `settings.beat` has done regularly.

Only the platform imports this module, which it looks for in every app.
"""

from __future__ import annotations

from celery import shared_task

from iciinsmes.jobs import DO_JOB, run_job

#: Somebody waits for the answer to a click, so the broker is asked once and for a moment only. Celery's ``retry`` says
#: nothing about getting a connection.
_IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 2}


def send(name: str, *ids: str | int) -> None:
    """Give a job to the broker.

    Raises:
        kombu.exceptions.OperationalError: there is no broker, or it does not answer.
    """
    with do_job.app.connection_for_write(transport_options=_IMPATIENT) as connection:
        do_job.apply_async(args=[name, list(ids)], retry=False, connection=connection)


@shared_task(name=DO_JOB, ignore_result=True)
def do_job(name: str, ids: list[str | int]) -> None:
    """Do a job by its name; a failure is Celery's to log."""
    run_job(name, *ids)

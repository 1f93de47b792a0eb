"""What is done from time to time where Celery beat runs, once however many beats there are.

Elsewhere a cron calls the commands that do the same.
"""

from __future__ import annotations

from datetime import timedelta

from iciinsmes.evidence import api as evidence
from iciinsmes.jobs import on_job
from iciinsmes.notices import api as notices
from iciinsmes.privacy import api as privacy

#: Less than a day, so that a run which begins a moment earlier than yesterday's is not left out.
_NIGHTLY = timedelta(hours=20)


class JobFailed(Exception):
    """Tells whoever watches the jobs that some of the work could not be done; the log has said why."""


def register() -> None:
    """Make the jobs known under the names that `settings.beat` schedules."""
    on_job(name="regular.notices", job=_notices)
    on_job(name="regular.retention", job=_retention)
    on_job(name="regular.repair", job=_repair)


def _notices() -> None:
    """Do what ``ici_notices`` does: every task, digest and mail in it is claimed by whoever does it."""
    failed = notices.run_schedule()
    if failed:
        raise JobFailed(", ".join(failed))


def _retention() -> None:
    """Do what ``ici_retention`` does."""
    if notices.claim_run(name="regular.retention", pause=_NIGHTLY):
        privacy.apply_retention()


def _repair() -> None:
    """Do what ``ici_repair`` does; fail if files that were handed in are gone."""
    if notices.claim_run(name="regular.repair", pause=_NIGHTLY):
        lost = evidence.repair().lost
        if lost:
            raise JobFailed(f"{lost} files that were handed in are gone; the log names them.")

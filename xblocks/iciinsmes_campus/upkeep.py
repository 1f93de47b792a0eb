"""What a campus that runs for weeks does by itself."""

from __future__ import annotations

import logging
import threading
import time

_DAY = 24 * 60 * 60

_log = logging.getLogger(__name__)


def drop_what_is_old() -> None:
    """Apply the retention periods, and drop sessions and counts that are over.

    The schedule calls it once a day and keeps when it did, so that restarts neither skip nor repeat it.
    """
    from django.core.management import call_command

    from iciinsmes_campus.accounts.api import forget_old_counts
    from iciinsmes_campus.home.api import retain

    retain()
    forget_old_counts()
    call_command("clearsessions")


def repair_daily(*, owns_storage: bool) -> None:
    """Bring the table and the storage of evidence back into step once a day, beside the server, until it ends."""
    threading.Thread(target=repair_for_ever, args=(owns_storage,), name="daily repair", daemon=True).start()


def repair_for_ever(owns_storage: bool = True) -> None:
    """Repair at the end of each day; a failure is told in the log, and does not end the days that follow.

    Args:
        owns_storage: the files belong to this database; others are left alone.
    """
    from django.db import DatabaseError, connections

    from iciinsmes.evidence import api

    while True:
        time.sleep(_DAY)
        try:
            _log.info("The daily repair of evidence has removed %s", api.repair(owns_storage=owns_storage))
        except (DatabaseError, OSError):
            _log.exception("The daily repair of evidence has failed")
        finally:
            # The server of the database would end a connection that is not used for a day.
            connections.close_all()

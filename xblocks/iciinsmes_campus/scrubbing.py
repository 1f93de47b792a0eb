"""Taking out of the file of the database what was deleted from its tables."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction

#: `PRAGMA user_version` of a file that has been rewritten since deleted rows are overwritten.
_CLEAN = 1

_log = logging.getLogger(__name__)


def scrub_when_committed() -> None:
    """Scrub the file of the database after the transaction that deletes something."""
    transaction.on_commit(_scrub)


def _scrub() -> None:
    """Empty SQLite's log of writes, and once rewrite a file that was begun when deleted rows were left in it.

    New deletions are overwritten in place (see `iciinsmes_campus.sqlite3`), but the log keeps older versions of pages
    until it is emptied. Whoever is reading at this moment may keep it from that; it is told, and the next time does it.
    Other databases have logs of their own, which their administrators clean.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA user_version")
            if cursor.fetchone()[0] < _CLEAN:
                cursor.execute("VACUUM")
                cursor.execute(f"PRAGMA user_version = {_CLEAN}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
    except DatabaseError:
        # What was erased is erased from the tables; the person is not told that it failed.
        _log.exception("The file of the database could not be scrubbed")
        return
    if is_busy:
        _log.warning(
            "The log of the database could not be emptied now; the next erasure or daily retention tries again"
        )

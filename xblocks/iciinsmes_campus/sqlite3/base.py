"""Django's SQLite engine, with writers that queue instead of failing.

Django learned both settings in 5.1 only, and the campus also runs on 4.2; one engine for all versions is less than two
ways to say the same.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Readers beside one writer (WAL), and transactions that claim the writer's place when they begin.

    A transaction that begins as reader and turns writer cannot wait: SQLite answers "database is locked" at once.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection and set it up."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=NORMAL").close()
        connection.execute("PRAGMA cache_size=-16000").close()
        # What is deleted is overwritten: rows of an erased person must not lie on in free pages of the file.
        connection.execute("PRAGMA secure_delete=ON").close()
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self.cursor().execute("BEGIN IMMEDIATE")

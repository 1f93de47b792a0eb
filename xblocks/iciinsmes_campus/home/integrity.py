"""Looking at the database before anything is built on it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from iciinsmes_campus.errors import CannotStart

_OWN_APPS = frozenset({"iciinsmes", "iciinsmes_campus"})


def check_database() -> None:
    """Make sure that the database can be used: there, whole, and able to keep names such as Pod Dębem.

    Raises:
        CannotStart: with one line that says what is wrong; nothing was changed.
    """
    try:
        if connection.vendor == "sqlite":
            _check_whole()
        elif connection.vendor == "mysql":
            _check_text_encoding()
        _check_version()
    except DatabaseError as error:
        raise CannotStart(f"The database cannot be used: {error.args[-1]}") from error


def _check_whole() -> None:
    place = connection.settings_dict["NAME"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            (found,) = cursor.fetchone()
    except DatabaseError as error:
        if "unable to open" in str(error) or "locked" in str(error):
            raise
        found = str(error)
    if found != "ok":
        reason = found.splitlines()[-1]
        raise CannotStart(f"The database {place} is damaged ({reason}). Nothing was changed; restore a backup of it.")


def _check_version() -> None:
    """Refuse tables that another version of the campus has changed in a way that this one does not know."""
    loader = MigrationLoader(connection)
    applied = sorted(step for step in loader.applied_migrations if step[0] in _OWN_APPS)
    unknown = [" ".join(step) for step in applied if step not in loader.disk_migrations]
    if unknown:
        raise CannotStart(
            "The database was made by another version of the campus, which has a step that this one does not know"
            f" ({unknown[-1]}). Nothing was changed; run that version, or begin the demo anew with make reset."
        )


def _check_text_encoding() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT @@character_set_database")
        (encoding,) = cursor.fetchone()
    if encoding != "utf8mb4":
        raise CannotStart(f"The database keeps text as {encoding}; create it with CHARACTER SET utf8mb4.")

"""One campus at a time for a folder, and for a database."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, connection, connections

from iciinsmes_campus.errors import CannotStart

#: The longest that MySQL lets an idle connection live: a year.
_FOR_EVER = 31_536_000


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the folder and the database, so that no second campus repairs, resets or serves them.

    Raises:
        CannotStart: another campus holds one of them.
    """
    with _locked(home / "lock", f"A campus is already running with the data in {home}. Stop it first."), _database():
        yield


def _database() -> contextlib.AbstractContextManager[None]:
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"]).resolve()
        said = f"A campus is already running with the database {place}, from another CAMPUS_HOME. Stop it first."
        return _locked(place.with_name(f"{place.name}.lock"), said)
    return _mysql_lock()


@contextlib.contextmanager
def _locked(path: Path, said: str) -> Iterator[None]:
    try:
        lock = path.open("w")
    except FileNotFoundError as error:
        raise CannotStart(f"The database cannot be used: there is no folder {path.parent}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(said) from None
        yield


@contextlib.contextmanager
def _mysql_lock() -> Iterator[None]:
    """Hold a named lock of the server on a connection of its own; it ends with this process, however that ends."""
    holder = connections.create_connection("default")
    name = f"iciinsmes-campus-{hashlib.sha256(str(holder.settings_dict['NAME']).encode()).hexdigest()[:32]}"
    try:
        with holder.cursor() as cursor:
            cursor.execute("SET SESSION wait_timeout = %s", [_FOR_EVER])
            cursor.execute("SELECT GET_LOCK(%s, 0)", [name])
            (held,) = cursor.fetchone()
    except DatabaseError as error:
        raise CannotStart(f"The database cannot be used: {error.args[-1]}") from error
    try:
        if held != 1:
            raise CannotStart("A campus is already running with this database. Stop it first.")
        yield
    finally:
        holder.close()

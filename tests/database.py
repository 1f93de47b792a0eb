"""The MySQL or MariaDB server that the suite runs on a second time."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import dj_database_url

if TYPE_CHECKING:
    from MySQLdb.connections import Connection

# Named after the checkout, so that two checkouts on one machine can run their tests at the same time.
_NAME = f"iciinsmes_{zlib.crc32(__file__.encode()):08x}"
URL = os.environ.get("TEST_MYSQL_URL", f"mysql://root@127.0.0.1:3306/{_NAME}")
_SECONDS_TO_ANSWER = 3


def why_no_mysql() -> str | None:
    """Return why the suite cannot run on `URL`, or None when the server answers."""
    try:
        import MySQLdb
    except ImportError:
        return "mysqlclient is not installed (extra `mysql`)"
    try:
        connection = _connect()
    except MySQLdb.Error as error:
        place = dj_database_url.parse(URL)
        return f"no server answers at {place['HOST']}:{place['PORT'] or 3306} ({error.args[0]}); set TEST_MYSQL_URL"
    connection.close()
    return None


def _connect() -> Connection:
    import MySQLdb

    place = dj_database_url.parse(URL)
    return MySQLdb.connect(
        host=place["HOST"],
        port=int(place["PORT"] or 3306),
        user=place["USER"],
        password=place["PASSWORD"],
        connect_timeout=_SECONDS_TO_ANSWER,
    )


@contextlib.contextmanager
def throw_away_database() -> Iterator[str]:
    """Create an empty database on the server of `URL`; yields its URL, and drops it afterwards.

    Raises:
        RuntimeError: no server answers.
    """
    reason = why_no_mysql()
    if reason:
        raise RuntimeError(reason)
    name = f"test_{_NAME}_{os.getpid()}"
    _execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    try:
        yield urlsplit(URL)._replace(path=f"/{name}").geturl()
    finally:
        _execute(f"DROP DATABASE `{name}`")


def _execute(statement: str) -> None:
    connection = _connect()
    try:
        connection.query(statement)
    finally:
        connection.close()

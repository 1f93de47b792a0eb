"""The MySQL or MariaDB server that the suite runs on a second time."""

from __future__ import annotations

import os
import zlib

import dj_database_url

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
    place = dj_database_url.parse(URL)
    try:
        connection = MySQLdb.connect(
            host=place["HOST"],
            port=int(place["PORT"] or 3306),
            user=place["USER"],
            password=place["PASSWORD"],
            connect_timeout=_SECONDS_TO_ANSWER,
        )
    except MySQLdb.Error as error:
        return f"no server answers at {place['HOST']}:{place['PORT'] or 3306} ({error.args[0]}); set TEST_MYSQL_URL"
    connection.close()
    return None

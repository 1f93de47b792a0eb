"""Several queries in one statement, each with an order and an end of its own, which Django's unions do not have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def union_of(queries: Sequence[QuerySet[Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Return what each query finds, in one statement; a query that can find nothing is left out of it.

    Args:
        queries: with their orders and limits; their own columns are replaced.
        columns: what is read of each row, as the database hands it out; without any, rows are counted.

    Returns:
        Rows of the number of the query and the columns, or the count.
    """
    parts, values = [], []
    for number, rows in enumerate(queries):
        try:
            statement, parameters = (
                rows.values_list(*columns or ["pk"]).query.get_compiler(connection=connection).as_sql()
            )
        except EmptyResultSet:
            continue
        shown = f"ici_{number}.*" if columns else "COUNT(*)"
        parts.append(f"SELECT {number}, {shown} FROM ({statement}) ici_{number}")  # noqa: S608 - Django's own statement
        values += parameters
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return list(cursor.fetchall())

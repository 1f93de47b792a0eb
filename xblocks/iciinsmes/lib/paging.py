"""Long lists, page by page: each page begins where the one before ended, so that every page costs the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

_Row = TypeVar("_Row", bound=Model)
_Key = TypeVar("_Key")


def page_of(
    rows: QuerySet[_Row], *order: str, after: Sequence[Any] | None = None, limit: int
) -> tuple[list[_Row], bool]:
    """Return one page of rows, and whether there are more; one query, without counting.

    Args:
        rows: what is listed.
        order: one or two columns by which the rows are ordered, as `QuerySet.order_by` takes them. Together they name a
            single row, and they are never empty.
        after: their values in the last row of the page before; None for the first page.
        limit: rows on a page.
    """
    found = list(rows_behind(rows, *order, after=after)[: limit + 1])
    return found[:limit], len(found) > limit


def rows_behind(rows: QuerySet[_Row], *order: str, after: Sequence[Any] | None = None) -> QuerySet[_Row]:
    """Return the rows in their order from where a page ended, unevaluated; arguments as in `page_of`."""
    if after is not None:
        first, beyond = _sides(order[0], after[0])
        if len(order) == 1:
            rows = rows.filter(beyond)
        else:
            # The first condition lets the database begin in the index where the page before ended.
            rows = rows.filter(first).filter(beyond | _sides(order[1], after[1])[1])
    return rows.order_by(*order)


def moment_mark(at: datetime, key: object) -> str:
    """Write where a page ended in a list that is ordered by a moment and a key, for an address."""
    return f"{at.isoformat()}_{key}"


def read_moment_mark(text: str | None, read_key: Callable[[str], _Key | None]) -> tuple[datetime, _Key] | None:
    """Read what `moment_mark` wrote; None for anything else, which starts at the beginning.

    Args:
        text: from an address.
        read_key: reads the key; returns None or raises a ValueError for what is none.
    """
    moment, _separator, key = (text or "").rpartition("_")
    try:
        at, row_key = datetime.fromisoformat(moment), read_key(key)
    except ValueError:
        return None
    return (at, row_key) if row_key is not None and timezone.is_aware(at) else None


def _sides(column: str, value: Any) -> tuple[Q, Q]:
    """Return what is true from a value on, and what is true only beyond it."""
    name, way = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
    return Q(**{f"{name}__{way}e": value}), Q(**{f"{name}__{way}": value})

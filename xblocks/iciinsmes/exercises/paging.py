"""Lists that are read page by page, newest first: each page begins where the one before ended."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

_Row = TypeVar("_Row", bound=Model)

#: Lines on one page.
LIMIT = 25


def page_of(rows: QuerySet[_Row], after: str | None, limit: int, moment: str) -> tuple[list[_Row], str | None]:
    """Return one page and the mark with which the next one is asked for, None on the last page; one query.

    Args:
        rows: of a table whose key is a UUID.
        after: the mark of the page before; anything else starts at the beginning.
        limit: how many rows at most.
        moment: name of the column with the time by which they are ordered; never empty.
    """
    mark = _read_mark(after)
    if mark is not None:
        last, row_id = mark
        # The first condition lets the database begin where the page before ended.
        rows = rows.filter(**{f"{moment}__lte": last}).filter(Q(**{f"{moment}__lt": last}) | Q(pk__gt=row_id))
    page = list(rows.order_by(f"-{moment}", "pk")[: limit + 1])
    if len(page) <= limit:
        return page, None
    page = page[:limit]
    return page, f"{getattr(page[-1], moment).isoformat()}_{page[-1].pk}"


def _read_mark(after: str | None) -> tuple[datetime, UUID] | None:
    moment, _separator, row_id = (after or "").rpartition("_")
    try:
        mark = datetime.fromisoformat(moment), UUID(row_id)
    except ValueError:
        return None
    return mark if timezone.is_aware(mark[0]) else None

"""Insert or change in one statement."""

from __future__ import annotations

from django.db import connections, models, router


def upsert(*rows: models.Model, unique: tuple[str, ...], changed: tuple[str, ...]) -> None:
    """Insert the rows, or change those that exist: one statement, so that concurrent requests cannot collide.

    A row that exists is locked exclusively from the start. Inserting and ignoring what exists would take a shared lock,
    and two requests that both go on to change the row would wait for each other.

    Args:
        rows: of one model.
        unique: the fields of the constraint that makes two rows the same.
        changed: the fields that an existing row takes over.
    """
    model = type(rows[0])
    # MySQL finds the conflicting key itself and refuses to be told.
    named = connections[router.db_for_write(model)].features.supports_update_conflicts_with_target
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=changed,
        unique_fields=unique if named else None,
    )

"""Rows of block state: read many at once, merged field by field under a lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import simplejson
from django.db import connections, models, router, transaction
from django.db.models import Q

from iciinsmes.lib.locks import locked

from .models import BlockState

#: Scope and place of a row, as `BlockState` keeps them.
StatePlace = tuple[str, str]


def read_states(
    *, user_id: int | None, own: Collection[StatePlace], shared: Collection[StatePlace], lock: bool = False
) -> dict[StatePlace, dict[str, Any]]:
    """Return the JSON values of several rows in one query; rows that do not exist are left out.

    Args:
        user_id: whose rows ``own`` names; None leaves them out.
        own: rows of one person.
        shared: rows of all people together.
        lock: keep the rows locked until the caller's transaction ends.
    """
    which = Q(pk__in=[])
    for who, places in ((user_id, own if user_id is not None else ()), (None, shared)):
        by_scope: dict[str, list[str]] = {}
        for scope, place in places:
            by_scope.setdefault(scope, []).append(place)
        for scope, names in by_scope.items():
            which |= Q(user_id=who, scope=scope, place__in=names)
    if which == Q(pk__in=[]):
        return {}
    rows = BlockState.objects.filter(which).order_by("id")
    if lock:
        rows = locked(rows)
    found: dict[StatePlace, dict[str, Any]] = {}
    for scope, place, values in rows.values_list("scope", "place", "values"):
        found.setdefault((scope, place), {}).update(simplejson.loads(values))
    return found


def merge_state(
    *, user_id: int | None, place: StatePlace, changes: Mapping[str, Any], deleted: Iterable[str] = ()
) -> dict[str, Any]:
    """Change fields of one row and return all its values; fields that others saved meanwhile stay.

    Args:
        user_id: whose row; None for the row of all people together.
        place: scope and place.
        changes: JSON values by field name; named tuples are stored as objects, as capa expects.
        deleted: names of fields to forget.
    """
    scope, where = place
    with transaction.atomic():
        if user_id is not None:
            # Writing first takes the lock before anything is read, and makes sure that there is a row to lock.
            row = BlockState(user_id=user_id, scope=scope, place=where)
            upsert(row, unique=("user", "scope", "place"), changed=("updated_at",))
        whose = Q(user_id=user_id) if user_id is not None else Q(user__isnull=True)
        found = locked(BlockState.objects).filter(whose, scope=scope, place=where)
        rows = list(found.order_by("id"))
        merged: dict[str, Any] = {}
        for old in rows:
            merged.update(simplejson.loads(old.values))
        merged.update(changes)
        for name in deleted:
            merged.pop(name, None)
        text = simplejson.dumps(merged)
        if rows:
            rows[0].values = text
            rows[0].save(update_fields=["values", "updated_at"])
            # Two first writers can make two rows without a person: no database counts those as equal.
            if len(rows) > 1:
                BlockState.objects.filter(pk__in=[extra.pk for extra in rows[1:]]).delete()
        else:
            BlockState.objects.create(user_id=user_id, scope=scope, place=where, values=text)
    return dict(simplejson.loads(text))


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

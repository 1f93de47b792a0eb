"""Learners' field values during one request: read with one query for a whole unit, saved field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.fields import BlockScope, UserScope

from iciinsmes_campus.learning.api import StatePlace, merge_state, read_states


def place_of(scope: Any, usage_key: UsageKey) -> StatePlace:
    """Return scope and place of the row that holds fields of this scope for the block."""
    name = scope.name or f"{scope.user}-{scope.block}".lower()[:24]
    if scope.block == BlockScope.TYPE:
        return name, str(usage_key.block_type)
    if scope.block == BlockScope.ALL:
        return name, ""
    return name, str(usage_key)


def learner_scopes(block_class: Any) -> set[Any]:
    """Return the scopes of a class' fields that belong to one learner or to all together."""
    # The scopes of children and parent are no tuples of user and block.
    scopes = {field.scope for field in block_class.fields.values() if hasattr(field.scope, "user")}
    return {scope for scope in scopes if scope.user in (UserScope.ONE, UserScope.ALL)}


class LearnerState:
    """State of one person, and of all together, during one request.

    Args:
        user_id: whose state it is; None for a visitor, whose own state is forgotten after the request.
        lock: whether what is read will be written: rows are then locked until the transaction ends.
        frozen: whether what is saved is only noted in ``was_held_back``: a request that reads changes nothing.
    """

    def __init__(self, user_id: int | None, *, lock: bool = False, frozen: bool = False) -> None:
        self._user_id = user_id
        self._lock = lock
        self._frozen = frozen
        self.was_held_back = False
        self._rows: dict[StatePlace, dict[str, Any]] = {}

    def prefetch(self, wanted: Iterable[tuple[Any, UsageKey]]) -> None:
        """Read the state of several blocks at once.

        Args:
            wanted: pairs of a scope and a block; pairs that were read before cost nothing.
        """
        own: list[StatePlace] = []
        shared: list[StatePlace] = []
        for scope, usage_key in wanted:
            place = place_of(scope, usage_key)
            if place not in self._rows:
                self._rows[place] = {}
                (shared if scope.user == UserScope.ALL else own).append(place)
        found = read_states(user_id=self._user_id, own=own, shared=shared, lock=self._lock)
        if self._lock and self._user_id is not None:
            # A row that does not exist cannot be locked, and two first steps at once would both start from nothing.
            for place in own:
                if place not in found:
                    found[place] = merge_state(user_id=self._user_id, place=place, changes={})
        self._rows.update(found)

    def values(self, scope: Any, usage_key: UsageKey) -> Mapping[str, Any]:
        """Return the JSON values by field name."""
        self.prefetch([(scope, usage_key)])
        return self._rows[place_of(scope, usage_key)]

    def save(self, scope: Any, usage_key: UsageKey, changes: Mapping[str, Any], deleted: Iterable[str] = ()) -> None:
        """Merge changed fields into the row; fields that others saved meanwhile stay."""
        if self._frozen:
            self.was_held_back = True
            return
        place = place_of(scope, usage_key)
        shared = scope.user == UserScope.ALL
        if self._user_id is None and not shared:
            row = {**self.values(scope, usage_key), **changes}
            self._rows[place] = {name: value for name, value in row.items() if name not in set(deleted)}
            return
        user_id = None if shared else self._user_id
        self._rows[place] = merge_state(user_id=user_id, place=place, changes=changes, deleted=deleted)

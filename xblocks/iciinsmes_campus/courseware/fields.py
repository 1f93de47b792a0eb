"""Where a block's field values come from: the author's from memory, the learner's from the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.exceptions import InvalidScopeError
from xblock.field_data import FieldData
from xblock.fields import Scope

from .authored import AUTHORED_SCOPES
from .olx import LoadedCourse
from .state import LearnerState


class CampusFields(FieldData):
    """Field values of all blocks of one course during one request.

    Args:
        loaded: the course run.
        state: the person's state.
        due: the person's own due date of a block, or None; asked for ``due`` only.
        authoring: whether authored fields may be set; they are gathered in ``edited``, the course stays as it is.
    """

    def __init__(
        self, loaded: LoadedCourse, state: LearnerState, due: Mapping[str, datetime], *, authoring: bool
    ) -> None:
        self._loaded = loaded
        self._state = state
        self._extensions = due
        self._authoring = authoring
        self.edited: dict[UsageKey, dict[str, Any]] = {}

    def get(self, block: Any, name: str) -> Any:
        """Return the JSON value; a KeyError lets the field's default stand in."""
        key = block.scope_ids.usage_id
        scope = block.fields[name].scope
        if scope in AUTHORED_SCOPES:
            # An author who learns here too edits the date of all, not the own one.
            if name == "due" and not self._authoring and (extended := self._own_due(key)) is not None:
                return extended.isoformat()
            edited = self.edited.get(key, {})
            return edited[name] if name in edited else self._loaded.blocks[key].fields[name]
        if scope == Scope.children:
            return list(self._loaded.blocks[key].children)
        if scope == Scope.parent:
            return self._loaded.blocks[key].parent
        return self._state.values(scope, key)[name]

    def has(self, block: Any, name: str) -> bool:
        """Tell whether there is a value."""
        try:
            self.get(block, name)
        except KeyError:
            return False
        return True

    def set(self, block: Any, name: str, value: Any) -> None:
        """Keep the value; a block that writes what only authors may gets an InvalidScopeError."""
        self.set_many(block, {name: value})

    def set_many(self, block: Any, update_dict: Mapping[str, Any]) -> None:
        """Keep several values, one write for each scope."""
        key = block.scope_ids.usage_id
        by_scope: dict[Any, dict[str, Any]] = {}
        for name, value in update_dict.items():
            by_scope.setdefault(block.fields[name].scope, {})[name] = value
        for scope, values in by_scope.items():
            if scope in AUTHORED_SCOPES and self._authoring:
                self.edited.setdefault(key, {}).update(values)
            elif scope in (Scope.children, Scope.parent, *AUTHORED_SCOPES):
                raise InvalidScopeError(scope)
            else:
                self._state.save(scope, key, values)

    def delete(self, block: Any, name: str) -> None:
        """Forget a learner's value, or, while authoring, go back to the field's default."""
        key = block.scope_ids.usage_id
        scope = block.fields[name].scope
        if scope in AUTHORED_SCOPES and self._authoring:
            self.edited.setdefault(key, {})[name] = block.fields[name].to_json(block.fields[name].default)
        elif scope in (Scope.children, Scope.parent, *AUTHORED_SCOPES):
            raise InvalidScopeError(scope)
        else:
            self._state.save(scope, key, {}, deleted=[name])

    def _own_due(self, key: UsageKey) -> datetime | None:
        """Return the extension that is nearest to the block: its own, or that of a container above it."""
        if not self._extensions:
            return None
        here: UsageKey | None = key
        while here is not None:
            if str(here) in self._extensions:
                return self._extensions[str(here)]
            here = self._loaded.blocks[here].parent
        return None

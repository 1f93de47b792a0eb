"""What the runtime that reads courses and the one that shows them have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.fields import ScopeIds
from xblock.runtime import IdGenerator, IdReader, Runtime

from .files import CourseFiles
from .kinds import InheritedFields, load_kind


class KeysAreIds(IdReader, IdGenerator):
    """Usage keys say everything, so nothing is stored: ids are the same in every process and after every start."""

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        """Return the usage key: every usage is its own definition."""
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        """Return the tag."""
        return str(def_id.block_type)

    def create_usage(self, def_id: UsageKey) -> UsageKey:
        """Return the key that the loader made."""
        return def_id

    def create_definition(self, block_type: str, slug: str | None = None) -> UsageKey:
        """Refuse: keys are made by the loader, from a course."""
        raise NotImplementedError("The campus makes keys when it reads a course.")

    def create_aside(self, definition_id: Any, usage_id: Any, aside_type: str) -> Any:
        """Refuse: the campus has no asides."""
        raise NotImplementedError("The campus has no asides.")

    get_usage_id_from_aside = get_definition_id_from_aside = create_aside
    get_aside_type_from_usage = get_aside_type_from_definition = create_aside


class BaseRuntime(Runtime):
    """A runtime over one course folder."""

    def __init__(self, *, files: CourseFiles, services: dict[str, Any]) -> None:
        ids = KeysAreIds()
        super().__init__(ids, ids, services=services, mixins=(InheritedFields,))
        self.resources_fs = files

    def load_block_type(self, block_type: str) -> Any:
        """Return the class for a tag of a course."""
        return load_kind(block_type)

    def applicable_aside_types(self, block: Any) -> list[str]:
        """Return none: asides would otherwise be looked for at every block."""
        return []

    def parse_asides(self, *_args: Any) -> list[Any]:
        """Return none (xblocks-contrib asks for it)."""
        return []

    def get_policy(self, usage_id: UsageKey) -> dict[str, Any]:
        """Return nothing (xblocks-contrib asks for it): the loader lays policies over all kinds of blocks itself."""
        return {}

    def make(self, usage_key: UsageKey, user_id: int | None = None, for_parent: Any = None) -> Any:
        """Return a new block object for the key."""
        ids = ScopeIds(user_id, usage_key.block_type, usage_key, usage_key)
        return self.construct_xblock(usage_key.block_type, ids, for_parent=for_parent)

    def in_languages(self, block: Any) -> dict[str, Any]:
        """Return the block by language, its author's own under an empty one; only that where no other is known."""
        return {"": block}

    def own_fields(self, block: Any) -> Mapping[str, Any]:
        """Return the JSON of a block's fields as its author wrote them, where the block itself reads otherwise."""
        return {}

    def resource_url(self, resource: str) -> str:
        """Refuse: an old call that named files of the platform."""
        raise NotImplementedError("Blocks on the campus use local_resource_url.")

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """Refuse: there is no request yet."""
        raise NotImplementedError("No address while a course is read.")

    def local_resource_url(self, block: Any, uri: str) -> str:
        """Refuse: there is no request yet."""
        raise NotImplementedError("No address while a course is read.")

    def publish(self, block: Any, event_type: str, event_data: dict[str, Any]) -> None:
        """Refuse: there is no learner yet."""
        raise NotImplementedError("Nothing is published while a course is read.")

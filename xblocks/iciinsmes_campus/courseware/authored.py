"""One block as its author wrote it: from XML to field values, and from field values to a `Node`."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree
from opaque_keys.edx.keys import UsageKey
from xblock.completable import XBlockCompletionMode
from xblock.field_data import FieldData
from xblock.fields import Field, Scope, ScopeIds, String
from xblock.runtime import NullI18nService

from .base_runtime import BaseRuntime
from .data import Node
from .files import CourseFiles
from .problem import refuse_scripts

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

log = logging.getLogger(__name__)

AUTHORED_SCOPES = (Scope.content, Scope.settings)


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where a block is written: a file of the course folder, and the element's path inside of it."""

    file: str
    path: str


@dataclass(frozen=True, slots=True)
class Authored:
    """What the campus keeps of a block: JSON values of its content and settings fields, and its place.

    ``fields`` is what readers get; ``original`` is what the course folder says, without an author's overlay.
    ``place`` is None for a block that stands inside of another one's definition.
    ``scheduled`` names the fields that are no part of the OLX: their dates come from the schedule beside it.
    """

    fields: Mapping[str, Any]
    original: Mapping[str, Any]
    parent: UsageKey | None
    children: tuple[UsageKey, ...] = ()
    place: SourcePlace | None = None
    scheduled: frozenset[str] = frozenset()


class MemoryFields(FieldData):
    """Field values of one block in a plain dict."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def get(self, block: Any, name: str) -> Any:
        """Return the value; a KeyError lets the field's default stand in."""
        return self.values[name]

    def set(self, block: Any, name: str, value: Any) -> None:
        """Keep the value."""
        self.values[name] = value

    def delete(self, block: Any, name: str) -> None:
        """Forget the value."""
        self.values.pop(name, None)

    def has(self, block: Any, name: str) -> bool:
        """Tell whether there is a value."""
        return name in self.values


class ReadingRuntime(BaseRuntime):
    """The runtime in which a course is read: no user, no request, fields in memory."""

    def __init__(self, *, files: CourseFiles, fields: dict[str, Any], adopt: Callable[[Any], UsageKey] | None) -> None:
        self.captured = MemoryFields(fields)
        super().__init__(files=files, services={"field-data": self.captured, "i18n": NullI18nService()})
        self._adopt = adopt

    def add_node_as_child(self, block: Any, node: Any, *_args: Any) -> None:
        """Read an element inside of a block as a block of its own."""
        if self._adopt is None or not block.has_children:
            raise ValueError(f"The element <{node.tag}> has no place in <{block.scope_ids.block_type}>.")
        block.children.append(self._adopt(node))

    def error_tracker(self, message: str) -> None:
        """Log what a block says about its author's files."""
        log.warning("%s", message)


def parse_fields(
    element: etree._Element, key: UsageKey, *, files: CourseFiles, adopt: Callable[[Any], UsageKey]
) -> dict[str, Any]:
    """Let the block's class read its XML.

    Args:
        element: the block's definition; pointers are already followed.
        key: the block's usage key.
        files: the course folder.
        adopt: called for each element that is a block of its own; returns its key.

    Returns:
        JSON values by field name, content and settings only.

    Raises:
        RefusedProblem: for a problem with its author's code.
        Exception: whatever the block's class raises.
    """
    if key.block_type == "problem":
        refuse_scripts(element)
    node = copy.deepcopy(element)
    # The key is made; without these a class neither takes the node for a pointer nor warns about unknown fields.
    for name in ("url_name", "xblock-family"):
        if name in node.attrib:
            del node.attrib[name]
    runtime = ReadingRuntime(files=files, fields={}, adopt=adopt)
    kind = runtime.mixologist.mix(runtime.load_block_type(key.block_type))
    block = kind.parse_xml(node, runtime, ScopeIds(None, key.block_type, key, key))
    block.save()
    return {
        name: value
        for name, value in runtime.captured.values.items()
        if name in kind.fields and kind.fields[name].scope in AUTHORED_SCOPES and name != "xml_attributes"
    }


def attribute_value(field: Field | None, raw: str) -> Any:
    """Return the JSON value that a container's XML attribute stands for, as the platform reads it.

    Args:
        field: the container's own field of that name, if it has one.
        raw: the attribute.
    """
    if isinstance(field, String):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def describe(key: UsageKey, fields: Mapping[str, Any], *, files: CourseFiles, children: tuple[Node, ...] = ()) -> Node:
    """Return the `Node` of a block whose fields are known.

    Raises:
        Exception: whatever the block's class raises about a field's value.
    """
    block = ReadingRuntime(files=files, fields=dict(fields), adopt=None).make(key)
    has_score = bool(getattr(block, "has_score", False))
    weight = getattr(block, "weight", None) if has_score else None
    mode = XBlockCompletionMode.get_mode(block)
    custom = bool(getattr(block, "has_custom_completion", False))
    return Node(
        usage_key=key,
        block_type=key.block_type,
        display_name=str(block.fields["display_name"].read_from(block) or "") if "display_name" in block.fields else "",
        children=children,
        graded=bool(block.graded),
        format=str(block.format or ""),
        start=_utc(block.start),
        due=_utc(block.due),
        has_score=has_score,
        weight=None if weight is None else float(weight),
        max_score=_possible(block, weight) if has_score else 0.0,
        completion=mode,
        seen_completes=mode == XBlockCompletionMode.COMPLETABLE and not has_score and not custom,
        staff_only=bool(block.visible_to_staff_only),
    )


def broken(key: UsageKey, error: StrOrPromise, *, title: str = "") -> Node:
    """Return the `Node` of a block that cannot be shown."""
    return Node(
        usage_key=key,
        block_type=key.block_type,
        display_name=title,
        completion=XBlockCompletionMode.EXCLUDED,
        error=error,
    )


def _possible(block: Any, weight: float | None) -> float:
    """Return what a learner can earn: the weight where the author gave one, as on the platform."""
    raw = float(block.max_score() or 0)
    if raw <= 0:
        return 0.0
    return raw if weight is None else float(weight)


def _utc(value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise ValueError(f"{value!r} is not a date.")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

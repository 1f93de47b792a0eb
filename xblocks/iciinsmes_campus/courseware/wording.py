"""A course in the words of its woven copy.

The copy is read like any course; of it only the words are taken. Keys, order, dates, points and whatever else is no
text come from the course as its author wrote it, so that they cannot differ between readers.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.fields import Dict, List, String

from .authored import Authored
from .data import GradingPolicy, Node
from .errors import UnreadableCourse
from .kinds import InheritedFields, load_kind
from .olx import INHERITED, LoadedCourse

log = logging.getLogger(__name__)

_NOTHING = object()
#: How the reader of courses names a block that its author gave no name.
_MADE = re.compile(r"[0-9a-f]{24}")
#: Fields of these types may hold texts; all others come from the source.
_WITH_TEXTS = (String, List, Dict)


def in_language(source: LoadedCourse, woven: LoadedCourse, language: str) -> LoadedCourse:
    """Return a course with the words of its woven copy.

    Args:
        source: the course as its author wrote it, with authors' overlays.
        woven: the copy, as it was read.
        language: its language.

    Raises:
        UnreadableCourse: the copy has other parts than the course.
    """
    names: dict[UsageKey, UsageKey] = {}
    _pair(source, woven, source.course.root.usage_key, woven.course.root.usage_key, names)
    for key, other in names.items():
        if woven.nodes[other].error and not source.nodes[key].error:
            log.error("%s reads as its author wrote it in %s: %s", key, language, woven.nodes[other].error)
    blocks = {key: _worded(source, key, woven.blocks[other].original) for key, other in names.items()}
    grading = _named(source.course.grading, woven.course.grading)
    root = _titled(source.course.root, blocks, _formats(source, grading))
    course = replace(
        source.course,
        root=root,
        title=root.display_name or source.course.title,
        language=language,
        short_description=woven.course.short_description or source.course.short_description,
        grading=grading,
    )
    return LoadedCourse(course=course, blocks=blocks, files=woven.files, schedule=source.schedule)


def changed_in(own: LoadedCourse, source: LoadedCourse, usage_key: UsageKey) -> LoadedCourse:
    """Return a course in another language after an author has changed a block in the source.

    Args:
        own: the course in the other language, as it was before.
        source: the course with the change.
        usage_key: the block.
    """
    blocks = {**own.blocks, usage_key: _worded(source, usage_key, own.blocks[usage_key].original)}
    root = _titled(source.course.root, blocks, _formats(source, own.course.grading))
    course = replace(own.course, root=root, title=root.display_name or source.course.title)
    return replace(own, course=course, blocks=blocks)


def _pair(
    source: LoadedCourse, woven: LoadedCourse, key: UsageKey, other: UsageKey, names: dict[UsageKey, UsageKey]
) -> None:
    """Find for each block of the source its copy, by place: a key that is made from a text differs with the text."""
    own, copied = source.blocks[key], woven.blocks[other]
    is_made = _MADE.fullmatch(key.block_id) and _MADE.fullmatch(other.block_id)
    if key.block_type != other.block_type or (key != other and not is_made):
        raise UnreadableCourse(f"{other.block_type}/{other.block_id} stands where {key.block_id} should.")
    if len(own.children) != len(copied.children):
        # What cannot be read in a copy has no parts, and reads as its author wrote it, with all of them.
        if not woven.nodes[other].error:
            raise UnreadableCourse(f"{key.block_type}/{key.block_id} has other parts.")
        names.update({node.usage_key: other for node in source.nodes[key].walk()})
        return
    names[key] = other
    for child, copied_child in zip(own.children, copied.children, strict=True):
        _pair(source, woven, child, copied_child, names)


def _worded(source: LoadedCourse, key: UsageKey, words: Mapping[str, Any]) -> Authored:
    """Return a block of the source in other words; what an author changed is the same in all languages."""
    block = source.blocks[key]
    if not block.original:
        return block
    known = {**InheritedFields.fields, **load_kind(key.block_type).fields}

    def word(name: str, value: Any) -> Any:
        is_text = name in known and isinstance(known[name], _WITH_TEXTS) and name not in INHERITED
        other = words.get(name, value) if is_text else value
        # Equal texts are one object, so that a language costs its own words only.
        return value if other == value else other

    original = {name: word(name, value) for name, value in block.original.items()}
    over = {name: value for name, value in block.fields.items() if block.original.get(name, _NOTHING) != value}
    return replace(block, original=original, fields={**original, **over})


def _named(own: GradingPolicy, words: GradingPolicy) -> GradingPolicy:
    """Return the source's policy with the names of its copy; names that two types would share are left as they are."""
    names = [entry.name for entry in words.types]
    if len(names) != len(own.types) or len(set(names)) != len({entry.name for entry in own.types}):
        return own
    types = (
        replace(entry, name=other.name, short_label=other.short_label)
        for entry, other in zip(own.types, words.types, strict=True)
    )
    return replace(own, types=tuple(types))


def _formats(source: LoadedCourse, grading: GradingPolicy) -> dict[str, str]:
    """Return what the lines of the source's policy are called in another language."""
    return {own.name: other.name for own, other in zip(source.course.grading.types, grading.types, strict=True)}


def _titled(node: Node, blocks: Mapping[UsageKey, Authored], formats: Mapping[str, str]) -> Node:
    """Return a block of the source, and all below it, with the titles and grading lines of another language."""
    title = blocks[node.usage_key].fields.get("display_name")
    return replace(
        node,
        display_name=str(title) if title else node.display_name,
        format=formats.get(node.format, node.format),
        children=tuple(_titled(child, blocks, formats) for child in node.children),
    )

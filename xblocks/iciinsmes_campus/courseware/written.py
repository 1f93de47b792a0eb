"""Blocks as their author wrote them, and as they read in the other languages of the course: what is frozen."""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import UsageKey

from .authored import ReadingRuntime
from .olx import LoadedCourse


def written_block(loaded: LoadedCourse, usage_key: UsageKey) -> Any:
    """Return a block as its author wrote it, without a person; it knows how it reads in the course's languages."""
    return _WrittenRuntime(loaded, usage_key).make(usage_key)


def written_blocks(loaded: LoadedCourse, usage_key: UsageKey) -> dict[str, Any]:
    """Return the block under ``""`` as its author wrote it, and by language where it reads otherwise."""
    own = loaded.blocks[usage_key].fields
    others = {
        language: written_block(other, usage_key)
        for language, other in loaded.others.items()
        if other.blocks[usage_key].fields != own
    }
    return {"": written_block(loaded, usage_key), **others}


class _WrittenRuntime(ReadingRuntime):
    def __init__(self, loaded: LoadedCourse, usage_key: UsageKey) -> None:
        super().__init__(files=loaded.files, fields=dict(loaded.blocks[usage_key].fields), adopt=None)
        self._loaded = loaded

    def in_languages(self, block: Any) -> dict[str, Any]:
        """Return the block by language; see `written_blocks`."""
        return written_blocks(self._loaded, block.scope_ids.usage_id)

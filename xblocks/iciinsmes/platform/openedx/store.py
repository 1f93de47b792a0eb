"""Blocks as the platform stores them, bound to nobody."""

from __future__ import annotations

from typing import Any

from opaque_keys.edx.keys import UsageKey


def find_block(usage_key: UsageKey) -> Any | None:
    """Return the block, or None for one that was deleted."""
    from xmodule.modulestore.django import modulestore
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        return modulestore().get_item(usage_key)
    except ItemNotFoundError:
        return None

"""The block as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from .data import ContactData, Need, SupportBlockSettings, SupportEntryData
from .labels import NEEDS, caution


def block_outline(settings: SupportBlockSettings) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "need": settings.need,
        "stage": settings.stage,
        "caution": caution(),
        "done_when": settings.done_when.value,
        "weight": float(settings.weight),
    }


def own_outline(hits: Sequence[SupportEntryData], contacts: Sequence[ContactData], *, is_done: bool) -> dict[str, Any]:
    """Return what fits the learner's firm, and how many were contacted."""
    return {
        "hits": [{"id": str(each.id), "name": each.values.name, "url": each.values.url} for each in hits],
        "contacted": len(contacts),
        "answered": sum(each.answered is not None for each in contacts),
        "done": is_done,
    }


def search_texts(settings: SupportBlockSettings) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    return {
        "display_name": settings.title,
        "need": str(NEEDS[Need(settings.need)]) if settings.need else "",
        "text": plain_text(settings.instructions),
    }

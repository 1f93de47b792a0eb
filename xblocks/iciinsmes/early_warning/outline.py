"""The block and a firm's warnings as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from . import api
from .data import WarningBlockSettings
from .indicators import INDICATORS
from .labels import TITLES


def block_outline(settings: WarningBlockSettings) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "indicators": [{"key": key, "title": str(TITLES[key])} for key in settings.indicators if key in INDICATORS],
        "done_when": settings.done_when.value,
        "weight": float(settings.weight),
    }


def firm_outline(page: api.FirmPage, *, is_done: bool) -> dict[str, Any]:
    """Return where the learner's firm stands, without any figure."""
    return {
        "colour": page.watch.colour.value,
        "indicators": {key: fact.colour.value for key, fact in page.facts.items()},
        "open_alarms": len(page.open_alarms) + page.more_open,
        "done": is_done,
    }


def search_texts(settings: WarningBlockSettings) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    return {
        "display_name": settings.title,
        "indicators": "; ".join(str(TITLES[key]) for key in settings.indicators if key in INDICATORS),
        "text": plain_text(settings.instructions),
    }

"""The block and a learner's state as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from .data import CheckModel, CheckSettings, CheckStanding
from .labels import show


def block_outline(settings: CheckSettings, model: CheckModel) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    titles = {each.code: show(each.title) for each in model.dimensions}
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "weight": float(settings.weight),
        "items": [
            {
                "code": item.code,
                "dimension": titles[item.dimension],
                "axis": item.axis.value,
                "text": show(item.text),
                "low": model.scale_of(item).low,
                "high": model.scale_of(item).high,
            }
            for item in model.items
        ],
    }


def standing_outline(standing: CheckStanding) -> dict[str, Any]:
    """Return where the learner stands, without any answer."""
    sent = standing.last.sent_at if standing.last else None
    draft = standing.draft
    return {
        "sent_at": sent.astimezone(UTC).isoformat() if sent else None,
        "answered": sum(1 for each in draft.answers.values() if not each.is_open) if draft else None,
        "items": len(standing.model.items),
    }


def search_texts(settings: CheckSettings, model: CheckModel) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    return {
        "display_name": settings.title,
        "text": plain_text(settings.instructions),
        "statements": "\n".join(show(item.text) for item in model.items),
    }

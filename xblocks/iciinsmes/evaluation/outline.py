"""The block and a learner's state as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from .data import HIGHEST, LOWEST, ReactionSettings, ReactionStanding
from .labels import OBSTACLE_WORDS, STATEMENT_WORDS


def block_outline(settings: ReactionSettings) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "weight": float(settings.weight),
        "statements": [
            {"key": key, "text": str(words), "low": LOWEST, "high": HIGHEST} for key, words in STATEMENT_WORDS.items()
        ],
        "obstacles": [{"key": key.value, "text": str(words)} for key, words in OBSTACLE_WORDS.items()],
    }


def standing_outline(standing: ReactionStanding) -> dict[str, Any]:
    """Return whether the learner has answered, and until when that can be changed; without the answer."""
    closes_at = standing.closes_at
    return {
        "answered": standing.own is not None,
        "open": standing.is_open,
        "closes_at": closes_at.astimezone(UTC).isoformat() if closes_at else None,
    }


def search_texts(settings: ReactionSettings) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    return {"display_name": settings.title, "text": plain_text(settings.instructions)}

"""The block as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from .data import Case, CasesBlockSettings


def block_outline(settings: CasesBlockSettings, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "cases": [
            {
                "key": case.key,
                "title": case.content.title,
                "about": case.content.about,
                "monday": case.content.monday,
                "language": case.content.language,
                "invented": case.is_invented,
            }
            for case in cases
        ],
        "weight": float(settings.weight),
    }


def search_texts(settings: CasesBlockSettings, cases: Sequence[Case]) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part.

    Of a firm's case there is nothing, because a search would go on to find what its owner has taken back.
    """
    return {
        "display_name": settings.title,
        "cases": "; ".join(case.content.title for case in cases if not case.is_firms),
        "text": plain_text(settings.instructions),
    }

"""The block and a firm's project as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html

from .data import ProjectBlockSettings, ProjectData
from .labels import PARTS, gate_name


def block_outline(settings: ProjectBlockSettings) -> dict[str, Any]:
    """Return what an app needs to show the block; the same for everybody."""
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "part": settings.part.value,
        "part_title": str(PARTS[settings.part]),
        "done_when": settings.done_when.value,
        "gate": settings.gate,
        "weight": float(settings.weight),
    }


def project_outline(project: ProjectData, *, is_done: bool) -> dict[str, Any]:
    """Return where the learner's firm stands, without anything that was entered."""
    return {
        "project": str(project.id),
        "gate": project.gate,
        "gate_title": gate_name(project.gate),
        "light": project.light.value,
        "ended_on": project.ended_on.isoformat() if project.ended_on else None,
        "done": is_done,
    }


def search_texts(settings: ProjectBlockSettings) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    return {
        "display_name": settings.title,
        "part": str(PARTS[settings.part]),
        "text": plain_text(settings.instructions),
    }

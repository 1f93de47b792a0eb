"""What the author's editor of a block shows, and what it sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_text
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string

from . import api
from .data import CaseFilter, CasesBlockSettings
from .page import selects_of


def render_editor(
    settings: CasesBlockSettings, *, due: datetime | None, has_due: bool, usage_key: UsageKey, author_id: int | None
) -> SafeString:
    """Return the editor.

    Args:
        settings: what the author chose so far.
        due: when the block is due.
        has_due: whether the host lets blocks have a due date.
        usage_key: the block.
        author_id: for whom what is typed is kept.
    """
    narrowed = CaseFilter(
        country=settings.country,
        trade=settings.trade,
        phase=settings.phase,
        trigger=settings.trigger,
        instrument=settings.instrument,
    )
    selects = [each for each in selects_of(narrowed, api.choices()) if each.name != "size"]
    context = {
        "usage_key": usage_key,
        "author_id": author_id or "",
        "chosen": settings,
        "cases": " ".join(settings.cases),
        "weight": plain(settings.weight),
        "selects": [
            (each.name, each.label, _options(each.options, getattr(narrowed, each.name)), getattr(narrowed, each.name))
            for each in selects
        ],
        "due": due_text(due),
        "has_due": has_due,
    }
    return SafeString(render_to_string("iciinsmes/authoring/best_practices/editor.html", context))


def settings_sent(data: Mapping[str, Any]) -> CasesBlockSettings:
    """Read what the editor sends: names of cases in one line, and the rest as `settings_from_editor`."""
    cases = str(data["cases"]).replace(",", " ").lower().split()
    return settings_from_editor(CasesBlockSettings, {**data, "cases": cases})


def _options(options: tuple[tuple[str, str, bool], ...], chosen: str) -> list[tuple[str, str]]:
    """Return the choices of a list; what is chosen stays one of them when no case has it any more."""
    found = [(value, words) for value, words, _is_chosen in options]
    return found if chosen in dict(found) else [*found, (chosen, chosen)]

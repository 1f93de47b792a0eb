"""What the author's editor of a block shows, and what it sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.settings import settings_from_editor
from iciinsmes.authoring.studio import due_text
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string

from .data import WarningBlockSettings, WarningDoneWhen
from .indicators import INDICATORS
from .labels import title_of

_SHOWS = "shows_"


def render_editor(
    settings: WarningBlockSettings, *, due: datetime | None, has_due: bool, usage_key: UsageKey, author_id: int | None
) -> SafeString:
    """Return the editor.

    Args:
        settings: what the author chose so far.
        due: when the block is due.
        has_due: whether the host lets blocks have a due date.
        usage_key: the block.
        author_id: for whom what is typed is kept.
    """
    context = {
        "usage_key": usage_key,
        "author_id": author_id or "",
        "chosen": settings,
        "weight": plain(settings.weight),
        "indicators": [(f"{_SHOWS}{key}", title_of(key), key in settings.indicators) for key in INDICATORS],
        "done": (
            (WarningDoneWhen.MONTH.value, _("when the firm has entered its first month")),
            (WarningDoneWhen.ALARM.value, _("when the firm has answered an alarm")),
        ),
        "done_when": settings.done_when.value,
        "due": due_text(due),
        "has_due": has_due,
    }
    return SafeString(render_to_string("iciinsmes/authoring/early_warning/editor.html", context))


def settings_sent(data: Mapping[str, Any]) -> WarningBlockSettings:
    """Read what the editor sends: a tick for each indicator, and the rest as `settings_from_editor`."""
    shown = [key for key in INDICATORS if data.get(f"{_SHOWS}{key}") is True]
    rest = {name: value for name, value in data.items() if not name.startswith(_SHOWS)}
    return settings_from_editor(WarningBlockSettings, {**rest, "indicators": shown})

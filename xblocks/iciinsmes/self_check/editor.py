"""What the author's editor of a block shows."""

from __future__ import annotations

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.studio import due_text
from iciinsmes.lib.decimals import plain
from iciinsmes.lib.templating import render_to_string

from .data import CheckSettings


def render_editor(
    settings: CheckSettings, *, due: datetime | None, has_due: bool, usage_key: UsageKey, author_id: int | None
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
        "due": due_text(due),
        "has_due": has_due,
    }
    return SafeString(render_to_string("iciinsmes/authoring/self_check/editor.html", context))


def saved_sentence(sent_count: int) -> str:
    """Say after a change how many answers keep the older statements; empty where there are none."""
    if not sent_count:
        return ""
    return ngettext(
        "Saved. %(count)d self-check was sent already and keeps the statements that it answered.",
        "Saved. %(count)d self-checks were sent already and keep the statements that they answered.",
        sent_count,
    ) % {"count": sent_count}

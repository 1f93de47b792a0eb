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

from .data import STAGES, DoneWhen, SupportBlockSettings
from .labels import NEEDS


def render_editor(
    settings: SupportBlockSettings, *, due: datetime | None, has_due: bool, usage_key: UsageKey, author_id: int | None
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
        "needs": (("", _("the learner chooses")), *((need.value, words) for need, words in NEEDS.items())),
        "stages": (("", _("that of the firm's project")), *((stage, stage) for stage in STAGES)),
        "done": (
            (DoneWhen.CONTACTED.value, _("when the learner has contacted somebody")),
            (DoneWhen.ANSWERED.value, _("when the learner has said what came of it")),
        ),
        "done_when": settings.done_when.value,
        "due": due_text(due),
        "has_due": has_due,
    }
    return SafeString(render_to_string("iciinsmes/authoring/support_directory/editor.html", context))


def settings_sent(data: Mapping[str, Any]) -> SupportBlockSettings:
    """Read what the editor sends; see `settings_from_editor`."""
    return settings_from_editor(SupportBlockSettings, data)

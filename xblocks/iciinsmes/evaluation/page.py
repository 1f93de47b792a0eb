"""The learner's page part of a block, and what the author's editor shows."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from iciinsmes.lib.author_html import safe_html
from iciinsmes.lib.suppression import FEWEST
from iciinsmes.lib.templating import render_to_string

from .data import ReactionSettings, ReactionStanding
from .forms import ReactionForm


def render_part(standing: ReactionStanding, *, form: ReactionForm | None = None, is_sent: bool = False) -> SafeString:
    """Render the learner's view.

    Args:
        standing: what to show.
        form: as it was sent, with what is wrong; None for what is kept.
        is_sent: whether the person has just sent it, and is thanked.
    """
    context: dict[str, Any] = {
        "chosen": standing.settings,
        "usage_key": standing.usage_key,
        "user_id": standing.user_id,
        "element_id": "ici-" + hashlib.sha256(str(standing.usage_key).encode()).hexdigest()[:12],
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "instructions": safe_html(standing.settings.instructions),
        "standing": standing,
        "form": form or ReactionForm(own=standing.own),
        "is_sent": is_sent,
        "fewest": FEWEST,
    }
    return SafeString(render_to_string("iciinsmes/evaluation/reaction.html", context))


def render_preview(chosen: ReactionSettings, *, figures: str = "", is_private: bool = False) -> SafeString:
    """Render what everybody but learners sees.

    Args:
        chosen: what the author chose.
        figures: the address of the staff's page; empty for others.
        is_private: somebody looks through a learner's eyes, to whom the answer is not shown.
    """
    context = {
        "chosen": chosen,
        "instructions": safe_html(chosen.instructions),
        "form": ReactionForm(),
        "figures": figures,
        "is_private": is_private,
        "fewest": FEWEST,
    }
    return SafeString(render_to_string("iciinsmes/authoring/reaction/preview.html", context))

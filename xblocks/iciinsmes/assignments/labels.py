"""States of a work as lists of the staff say them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

_STATES: Mapping[str, str | Promise] = {
    "draft": gettext_lazy("is being written"),
    "handed_in": gettext_lazy("is handed in"),
    "confirmed": gettext_lazy("is confirmed by the mentor"),
    "sent_back": gettext_lazy("was sent back by the mentor"),
    "revise": gettext_lazy("is being revised"),
    "passed": pgettext_lazy("work", "is passed"),
}


def state_words(state: str) -> str:
    """Say where a work stands."""
    return str(_STATES[state])

"""Author HTML made safe to show on any page of the app."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe


def safe_html(author_html: str) -> SafeString:
    """Return the HTML without scripts, styles, frames and event handlers.

    Authors are trusted on their own course's pages, but task texts also appear on the desk and in print.
    """
    return mark_safe(nh3.clean(author_html))

"""Author HTML made safe to show on any page of the app, or read as text."""

from __future__ import annotations

from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe


def safe_html(author_html: str) -> SafeString:
    """Return the HTML without scripts, styles, frames and event handlers.

    Authors are trusted on their own course's pages, but task texts also appear on the desk and in print.
    """
    return mark_safe(nh3.clean(author_html))


def plain_text(author_html: str) -> str:
    """Return the words alone, in one line."""
    # The space keeps the last word of a list's line from the first one of the next.
    return " ".join(unescape(nh3.clean(author_html.replace("<", " <"), tags=set())).split())

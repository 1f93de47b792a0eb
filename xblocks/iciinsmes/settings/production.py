"""What must hold after the site's own settings were read: the second step of Open edX' plugin settings.

A site's YAML replaces whole lists, so what the first step could append may be gone by now.
"""

from __future__ import annotations

from typing import Any

from .statements import add_statements
from .ways import add_ways

#: Addresses of the add-on's pages, as the platform's tracking middleware matches them.
_OWN_PAGES = r"^/iciinsmes/"


def plugin_settings(settings: Any) -> None:
    """Keep what people type on the add-on's pages out of the platform's tracking log, and the ways to the desk.

    The platform writes each request with address and form into that log: drafts, names, mail addresses and the secret
    part of a mentor's link would stand in it.

    Args:
        settings: a Django settings module or an object with the same attributes.
    """
    patterns = getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", ())
    if _OWN_PAGES not in patterns:
        settings.TRACKING_IGNORE_URL_PATTERNS = [*patterns, _OWN_PAGES]
    add_ways(settings)
    add_statements(settings)

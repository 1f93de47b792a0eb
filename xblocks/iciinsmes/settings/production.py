"""What must hold after the site's own settings were read: the second step of Open edX' plugin settings.

A site's YAML replaces whole lists, so what the first step could append may be gone by now.
"""

from __future__ import annotations

from typing import Any

from iciinsmes.platform.events import EVENTS

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


def add_statements(settings: Any) -> None:
    """Let the events of the add-on through to xAPI, beside those of the platform.

    The other plugin has set its lists in the step before. Where a site names backends of its own in its YAML, they stay
    as they are: then the site lets the events through that it wants.

    Args:
        settings: the platform's settings module, after the first step of all plugins.
    """
    allowed = getattr(settings, "EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS", None)
    if allowed is None:
        return
    settings.EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS = [*allowed, *(name for name in EVENTS if name not in allowed)]
    if "EVENT_TRACKING_BACKENDS" in getattr(settings, "ENV_TOKENS", {}):
        return
    from event_routing_backends.utils.settings import event_tracking_backends_config

    # Each backend keeps a copy of the lists, so they are made anew.
    ours = event_tracking_backends_config(
        settings,
        settings.EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS,
        settings.EVENT_TRACKING_BACKENDS_ALLOWED_CALIPER_EVENTS,
    )
    settings.EVENT_TRACKING_BACKENDS = {**settings.EVENT_TRACKING_BACKENDS, **ours}

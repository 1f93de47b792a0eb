"""Events of the add-on among those that become xAPI statements, where event-routing-backends is installed."""

from __future__ import annotations

from typing import Any

from iciinsmes.events import EVENTS


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

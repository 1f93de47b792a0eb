"""The ways to the desk in the platform's own pages, without which a teacher would have to know its address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_STEPS = {
    "org.openedx.learning.instructor.dashboard.render.started.v1": "iciinsmes.desk.dashboard.DashboardSection",
    "org.openedx.learning.instructor.dashboard.tabs.requested.v1": "iciinsmes.desk.dashboard.DashboardTab",
}
_TEMPLATES = Path(__file__).parent.parent / "mako"


def add_ways(settings: Any) -> None:
    """Take part in the platform's filters beside the steps that the site has named; does nothing on other hosts.

    Called in both steps of the plugin's settings: a site's YAML replaces all filters at once.

    Args:
        settings: the platform's settings module.
    """
    folders = getattr(settings, "MAKO_TEMPLATE_DIRS_BASE", None)
    if folders is None:
        return
    if _TEMPLATES not in folders:
        settings.MAKO_TEMPLATE_DIRS_BASE = [*folders, _TEMPLATES]
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", None) or {})
    for name, step in _STEPS.items():
        filters[name] = _with_step(filters.get(name) or {}, step)
    settings.OPEN_EDX_FILTERS_CONFIG = filters


def _with_step(configured: Any, step: str) -> dict[str, Any]:
    """Return a filter's configuration with our step at its end; a site's may be a step, a list or a dictionary."""
    if isinstance(configured, str):
        configured = [configured]
    found = dict(configured) if isinstance(configured, Mapping) else {"pipeline": configured}
    steps = list(found.get("pipeline", ()))
    return {"fail_silently": True, **found, "pipeline": steps if step in steps else [*steps, step]}

"""What the add-on adds to the settings of its host (Open edX plugin settings; the campus calls the same function)."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def plugin_settings(settings: Any) -> None:
    """Add the add-on's defaults to ``settings``; a value that the host has already set wins.

    Args:
        settings: a Django settings module or an object with the same attributes.
    """
    if "django_htmx" not in settings.INSTALLED_APPS:
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django_htmx"]

    # .. setting_name: ICIINSMES_HOST
    # .. setting_default: iciinsmes.platform.openedx.OpenEdxHost
    # .. setting_description: Dotted name of the class that answers the add-on's questions to its host.
    settings.ICIINSMES_HOST = getattr(settings, "ICIINSMES_HOST", "iciinsmes.platform.openedx.OpenEdxHost")

    # .. setting_name: ICIINSMES_EVIDENCE_QUOTA_BYTES
    # .. setting_default: 500 MB
    # .. setting_description: How many bytes of evidence one person may keep in one course.
    settings.ICIINSMES_EVIDENCE_QUOTA_BYTES = getattr(settings, "ICIINSMES_EVIDENCE_QUOTA_BYTES", 500 * 1024 * 1024)

    # .. setting_name: ICIINSMES_MENTOR_LINK_DAYS
    # .. setting_default: 30
    # .. setting_description: How many days a mentor's link can be answered.
    settings.ICIINSMES_MENTOR_LINK_DAYS = getattr(settings, "ICIINSMES_MENTOR_LINK_DAYS", 30)

    storages = dict(getattr(settings, "STORAGES", {}))
    storages.setdefault(
        "iciinsmes",
        {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(Path(getattr(settings, "MEDIA_ROOT", "") or ".") / "iciinsmes-private")},
        },
    )
    settings.STORAGES = storages

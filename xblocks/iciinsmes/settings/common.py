"""Defaults that hold on every host: the first step of Open edX' plugin settings; the campus calls the same function.

The step runs before the site's own settings are read, so nothing here may depend on them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from iciinsmes.jobs import DO_JOB

from .ways import add_ways

#: At the end, behind the host's own, where it is known who reads.
_MIDDLEWARE = (
    "iciinsmes.platform.zones.ReadersZone",
    "iciinsmes.platform.web.PresenceMiddleware",
    # A host's pages are the host's; those of the add-on are kept by no cache.
    "iciinsmes.lib.caching.PrivateAnswers",
)


#: See `iciinsmes.lib.templating`.
_ENGINE: dict[str, Any] = {
    "NAME": "iciinsmes",
    "BACKEND": "iciinsmes.lib.templating.Templates",
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ],
        "loaders": [
            ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"]),
        ],
    },
}


def plugin_settings(settings: Any) -> None:
    """Add the add-on's defaults to ``settings``; a value that the host has already set wins.

    Args:
        settings: a Django settings module or an object with the same attributes.
    """
    if "django_htmx" not in settings.INSTALLED_APPS:
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django_htmx"]
    hosts = [name for name in getattr(settings, "MIDDLEWARE", ()) if name not in _MIDDLEWARE]
    settings.MIDDLEWARE = [*hosts, *_MIDDLEWARE]
    add_ways(settings)
    add_beat(settings)

    engines = list(getattr(settings, "TEMPLATES", ()))
    # At the end: the platform takes the first for its own. A site that names one so may put other folders before ours.
    if not any(engine.get("NAME") == _ENGINE["NAME"] for engine in engines):
        settings.TEMPLATES = [*engines, _ENGINE]

    # .. setting_name: ICIINSMES_HOST
    # .. setting_default: iciinsmes.platform.openedx.OpenEdxHost
    # .. setting_description: Dotted name of the class that answers the add-on's questions to its host.
    settings.ICIINSMES_HOST = getattr(settings, "ICIINSMES_HOST", "iciinsmes.platform.openedx.OpenEdxHost")

    # .. setting_name: ICIINSMES_EVIDENCE_QUOTA_BYTES
    # .. setting_default: 500 MB
    # .. setting_description: How many bytes of evidence one person may keep in one course.
    settings.ICIINSMES_EVIDENCE_QUOTA_BYTES = getattr(settings, "ICIINSMES_EVIDENCE_QUOTA_BYTES", 500 * 1024 * 1024)

    # .. setting_name: ICIINSMES_KEEP_DRAFTS_DAYS
    # .. setting_default: 365
    # .. setting_description: Days that unfinished drafts and their files are kept after the last save; None for ever.
    settings.ICIINSMES_KEEP_DRAFTS_DAYS = getattr(settings, "ICIINSMES_KEEP_DRAFTS_DAYS", 365)

    # .. setting_name: ICIINSMES_KEEP_WORKS_DAYS
    # .. setting_default: 5 * 365
    # .. setting_description: Days that handed-in work and results of exercises are kept; None for ever.
    settings.ICIINSMES_KEEP_WORKS_DAYS = getattr(settings, "ICIINSMES_KEEP_WORKS_DAYS", 5 * 365)

    # .. setting_name: ICIINSMES_KEEP_DATA_DAYS
    # .. setting_default: 365
    # .. setting_description: Days that rows of customer data are kept after their last use; None for ever.
    settings.ICIINSMES_KEEP_DATA_DAYS = getattr(settings, "ICIINSMES_KEEP_DATA_DAYS", 365)

    # .. setting_name: ICIINSMES_KEEP_PROJECTS_DAYS
    # .. setting_default: 5 * 365
    # .. setting_description: Days after which a firm's project that nobody changed is dropped; None keeps it for ever.
    settings.ICIINSMES_KEEP_PROJECTS_DAYS = getattr(settings, "ICIINSMES_KEEP_PROJECTS_DAYS", 5 * 365)

    # .. setting_name: ICIINSMES_KEEP_FIGURES_DAYS
    # .. setting_default: 10 * 365
    # .. setting_description: Days after which a firm's monthly figures and alarms that nobody changed are dropped; None
    # keeps them for ever.
    settings.ICIINSMES_KEEP_FIGURES_DAYS = getattr(settings, "ICIINSMES_KEEP_FIGURES_DAYS", 10 * 365)

    # .. setting_name: ICIINSMES_KEEP_CASES_DAYS
    # .. setting_default: 5 * 365
    # .. setting_description: Days after which a firm's best-practice case that nobody changed is dropped, a published
    #     one too; None keeps it for ever.
    settings.ICIINSMES_KEEP_CASES_DAYS = getattr(settings, "ICIINSMES_KEEP_CASES_DAYS", 5 * 365)

    # .. setting_name: ICIINSMES_BEST_PRACTICES
    # .. setting_default: {}
    # .. setting_description: Files with a college's own or translated best practices, by language; "" takes the place
    #     of the shipped file. See docs/reference/best-practices.md.
    settings.ICIINSMES_BEST_PRACTICES = getattr(settings, "ICIINSMES_BEST_PRACTICES", {})

    # .. setting_name: ICIINSMES_KEEP_SUPPORT_PEOPLE_DAYS
    # .. setting_default: 2 * 365
    # .. setting_description: Days after which contact persons are taken out of entries of the directory of support that
    #     nobody has checked since; None keeps them for ever.
    settings.ICIINSMES_KEEP_SUPPORT_PEOPLE_DAYS = getattr(settings, "ICIINSMES_KEEP_SUPPORT_PEOPLE_DAYS", 2 * 365)

    # .. setting_name: ICIINSMES_KEEP_SUPPORT_HISTORY_DAYS
    # .. setting_default: 3 * 365
    # .. setting_description: Days that it is kept who has changed what in the directory of support; None for ever.
    settings.ICIINSMES_KEEP_SUPPORT_HISTORY_DAYS = getattr(settings, "ICIINSMES_KEEP_SUPPORT_HISTORY_DAYS", 3 * 365)

    # .. setting_name: ICIINSMES_KEEP_STAYS_DAYS
    # .. setting_default: 5 * 365
    # .. setting_description: Days that it is kept who has left which firm; None for ever.
    settings.ICIINSMES_KEEP_STAYS_DAYS = getattr(settings, "ICIINSMES_KEEP_STAYS_DAYS", 5 * 365)

    # .. setting_name: ICIINSMES_KEEP_NOTICES_DAYS
    # .. setting_default: 365
    # .. setting_description: Days that notices stay in inboxes; None for ever.
    settings.ICIINSMES_KEEP_NOTICES_DAYS = getattr(settings, "ICIINSMES_KEEP_NOTICES_DAYS", 365)

    # .. setting_name: ICIINSMES_KEEP_IMPORTS_DAYS
    # .. setting_default: 7
    # .. setting_description: Days that tables sent for an import are kept; None for ever.
    settings.ICIINSMES_KEEP_IMPORTS_DAYS = getattr(settings, "ICIINSMES_KEEP_IMPORTS_DAYS", 7)

    # .. setting_name: ICIINSMES_KEEP_SHEETS_DAYS
    # .. setting_default: 90
    # .. setting_description: Days that sheets of grades which were sent are kept, so that they can be undone; None for
    #     ever.
    settings.ICIINSMES_KEEP_SHEETS_DAYS = getattr(settings, "ICIINSMES_KEEP_SHEETS_DAYS", 90)

    # .. setting_name: ICIINSMES_KEEP_ARCHIVES_DAYS
    # .. setting_default: 7
    # .. setting_description: Days that zips of evidence are kept; None for ever.
    settings.ICIINSMES_KEEP_ARCHIVES_DAYS = getattr(settings, "ICIINSMES_KEEP_ARCHIVES_DAYS", 7)

    # .. setting_name: ICIINSMES_KEEP_CERTIFICATES_DAYS
    # .. setting_default: None
    # .. setting_description: Days that issued certificates are kept, so that they can be checked; None for ever.
    settings.ICIINSMES_KEEP_CERTIFICATES_DAYS = getattr(settings, "ICIINSMES_KEEP_CERTIFICATES_DAYS", None)

    # .. setting_name: ICIINSMES_KEEP_TRAIL_DAYS
    # .. setting_default: 3 * 365
    # .. setting_description: Days that lines of the audit trail are kept; None for ever.
    settings.ICIINSMES_KEEP_TRAIL_DAYS = getattr(settings, "ICIINSMES_KEEP_TRAIL_DAYS", 3 * 365)

    # .. setting_name: ICIINSMES_CLAIM_MINUTES
    # .. setting_default: 20
    # .. setting_description: For how long a teacher has a work in hand after the last thing done with it.
    settings.ICIINSMES_CLAIM_MINUTES = getattr(settings, "ICIINSMES_CLAIM_MINUTES", 20)

    # .. setting_name: ICIINSMES_MENTOR_LINK_DAYS
    # .. setting_default: 30
    # .. setting_description: How many days a mentor's link can be answered.
    settings.ICIINSMES_MENTOR_LINK_DAYS = getattr(settings, "ICIINSMES_MENTOR_LINK_DAYS", 30)

    # .. setting_name: ICIINSMES_COUNTRY
    # .. setting_default: ""
    # .. setting_description: Whose public holidays are free for staff, as ISO 3166-1 code such as "DK"; empty takes the
    #     country of most firms of a course run.
    settings.ICIINSMES_COUNTRY = getattr(settings, "ICIINSMES_COUNTRY", "")

    # .. setting_name: ICIINSMES_REGION
    # .. setting_default: ""
    # .. setting_description: Part of that country with holidays of its own, as code or name such as "BY" or "Bayern".
    settings.ICIINSMES_REGION = getattr(settings, "ICIINSMES_REGION", "")

    # .. setting_name: ICIINSMES_STORAGE
    # .. setting_default: None
    # .. setting_description: Where evidence is stored, as {"BACKEND": dotted name, "OPTIONS": {...}}; None takes the
    #     storage "iciinsmes" of STORAGES if the site has one, or else a folder beside MEDIA_ROOT. STORAGES itself is
    #     never set here: Django refuses it beside DEFAULT_FILE_STORAGE, which releases up to Teak still use.
    settings.ICIINSMES_STORAGE = getattr(settings, "ICIINSMES_STORAGE", None)


#: At this hour (UTC) the nightly work begins, as in the plugin for Tutor.
_HOUR = 3


def add_beat(settings: Any) -> None:
    """Have mails and reminders looked at every five minutes, and old things dropped at night; in the LMS only.

    Studio has no pages of the add-on that a mail could lead to. A schedule is only read by a beat; Tutor runs none.

    Args:
        settings: the platform's settings module; others, without a schedule, are left alone.
    """
    schedule = getattr(settings, "CELERYBEAT_SCHEDULE", None)
    if schedule is None or not getattr(settings, "ROOT_URLCONF", "").startswith("lms."):
        return
    from celery.schedules import crontab

    ours = {
        "iciinsmes-notices": {"task": DO_JOB, "args": ["regular.notices", []], "schedule": timedelta(minutes=5)},
        "iciinsmes-retention": {
            "task": DO_JOB,
            "args": ["regular.retention", []],
            "schedule": crontab(hour=_HOUR, minute=0),
        },
        "iciinsmes-repair": {
            "task": DO_JOB,
            "args": ["regular.repair", []],
            "schedule": crontab(hour=_HOUR, minute=30),
        },
    }
    settings.CELERYBEAT_SCHEDULE = {**ours, **schedule}

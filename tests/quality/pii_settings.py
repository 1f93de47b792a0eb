"""Settings of the check for annotated personal data: our two apps and what their tables point to, nothing else."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # Whose rows an erasure on the campus takes too.
    "django.contrib.admin",
    "django.contrib.messages",
    "django.contrib.sessions",
    "axes",
    "iciinsmes.apps.IciInSmesConfig",
    "iciinsmes_campus.apps.CampusConfig",
]

"""Settings of the check for annotated personal data: our two apps and what their tables point to, nothing else."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "iciinsmes.apps.IciInSmesConfig",
    "iciinsmes_campus.apps.CampusConfig",
]

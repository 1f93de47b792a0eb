"""The campus with what its own settings spare the add-on and an LMS does not; run by the check "pages as in an LMS".

Each fact with where it was read, on Teak.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django

from iciinsmes.settings.common import plugin_settings
from tests.settings import *  # noqa: F403

_CAMPUS = ROOT_URLCONF.partition(".")[0]  # noqa: F405

# lms/envs/common.py, DATABASES: a request is one transaction, and an error takes all of it back.
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # noqa: F405

# lms/envs/common.py, LANGUAGES: German has a country in its code.
LANGUAGES = [("de-de" if code == "de" else code, name) for code, name in LANGUAGES]  # noqa: F405

# lms/envs/common.py, TIME_ZONE: nobody activates another zone in a request.
TIME_ZONE = "UTC"

# lms/envs/common.py, TEMPLATES: the first engine does not look into apps, and reads each template anew. The wiki does
# not start beside a second engine with Django's own name; the add-on's own is appended below.
TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [Path(sys.modules[_CAMPUS].__file__ or "").parent / "templates"],
        "OPTIONS": {
            "loaders": ["django.template.loaders.filesystem.Loader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iciinsmes_campus.web.staff",
            ],
        },
    },
]

# lms/envs/common.py: releases on Django 4.2 name their storages in the old way, beside which STORAGES is refused.
if django.VERSION < (5, 1):
    del globals()["STORAGES"]
    DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"
    STATICFILES_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
else:
    STORAGES = {name: STORAGES[name] for name in ("default", "staticfiles")}  # noqa: F405

# The campus' own page of a refused form is made of templates that an LMS' engine does not find.
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

# common/djangoapps/student/roles.py keeps roles with the user object only, not for the request.
ICIINSMES_HOST = "tests.hosts.uncached.UncachedHost"

plugin_settings(sys.modules[__name__])

"""What the add-on's settings make of a host's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

FACTS = """
import django; django.setup()
from django.conf import settings
from django.core.checks import run_checks
from iciinsmes.evidence.private_storage import storage
own = [e for e in settings.TEMPLATES if e["BACKEND"] == "django.template.backends.django.DjangoTemplates"]
assert len(own) == 1, settings.TEMPLATES
assert settings.TEMPLATES[0]["NAME"] == "django"
assert storage()
print([m.id for m in run_checks() if m.is_serious()])
"""


@pytest.mark.parametrize("service", ["lms", "studio"])
def test_the_add_on_starts_beside_the_platforms_settings(service: str) -> None:
    """As the platform's wiki asks, one engine alone has the name of Django's own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": f"tests.hosts.{service}_settings"}
    found = subprocess.run([sys.executable, "-c", FACTS], env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == "[]"

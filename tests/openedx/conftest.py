"""Lets these tests run inside a checkout of Open edX, and nowhere else."""

from __future__ import annotations

import importlib.util

import pytest

if importlib.util.find_spec("openedx") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    # The platform's own preparation of tests; pytest does not look for it above this folder.
    from cms.conftest import _django_clear_site_cache, no_webpack_loader

    __all__ = ["_django_clear_site_cache", "no_webpack_loader"]


@pytest.fixture(autouse=True)
def _own_service(request: pytest.FixtureRequest) -> None:
    """Skip what belongs to the other of the two services; a module says which it needs in ``SERVICE``."""
    from django.conf import settings

    needed = getattr(request.module, "SERVICE", None)
    running = settings.ROOT_URLCONF.partition(".")[0]
    if needed not in (None, running):
        pytest.skip(f"needs {needed}, and this is {running}; choose it with --ds={needed}.envs.test")

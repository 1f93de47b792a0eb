"""Lets these tests run inside a checkout of Open edX, and nowhere else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

if importlib.util.find_spec("openedx") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    # The platform's own preparation of tests; pytest does not look for it above this folder.
    from cms.conftest import _django_clear_site_cache, no_webpack_loader

    __all__ = ["_django_clear_site_cache", "no_webpack_loader"]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what belongs to the other service, named in ``SERVICE``: its code cannot be imported here."""
    from django.conf import settings

    needed = re.search(r'^SERVICE = "(\w+)"', collection_path.read_text(), re.M) if collection_path.is_file() else None
    running = settings.ROOT_URLCONF.partition(".")[0]
    return True if needed is not None and needed[1] != running else None

"""What several rooms of the campus need in their tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from edx_django_utils.cache import RequestCache

from tests.campus.everybody import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Build the world once; each test then changes it inside of a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    RequestCache.clear_all_namespaces()

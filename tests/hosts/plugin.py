"""Leaves out what counts queries: under another host's settings there are others."""

from __future__ import annotations

import pytest

_COUNTS = {"django_assert_num_queries", "django_assert_max_num_queries"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    counting = [item for item in items if _COUNTS.intersection(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=counting)
    items[:] = [item for item in items if item not in counting]

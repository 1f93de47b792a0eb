"""Tidying up in the storage once rows are gone for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction


def after_commit(tidy: Callable[..., Any], *arguments: Any) -> None:
    """Call a function when the transaction is committed; what it fails at is logged, and `repair` finds it later.

    A function of its own goes to Django, which looks for its name when it logs a failure: a partial has none.
    """
    transaction.on_commit(lambda: tidy(*arguments), robust=True)

"""Giving back what a large picture took: the allocator of Linux keeps it for next time, which may never come."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def given_back() -> Iterator[None]:
    """Return free memory to the system at the end; where the allocator cannot do that, nothing happens."""
    try:
        yield
    finally:
        # A WebP picture holds itself until it is collected.
        gc.collect()
        trim = _trim()
        if trim:
            trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found

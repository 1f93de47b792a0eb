"""Giving back what a large picture took: the allocator of Linux keeps it for next time, which may never come."""

from __future__ import annotations

import ctypes
import gc
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

#: A collection takes a fifth of a second of everybody's time.
_WORTH = 8 * 1024 * 1024
_STATUS = Path("/proc/self/statm")


@contextmanager
def given_back() -> Iterator[None]:
    """Return free memory to the system at the end, if so much was taken that it is worth stopping everybody for it.

    Where the allocator cannot do that, nothing happens.
    """
    before = _resident()
    try:
        yield
    finally:
        trim = _trim()
        if trim and _resident() - before > _WORTH:
            # A WebP picture holds itself until it is collected.
            gc.collect()
            trim(0)


def _resident() -> int:
    """Return how many bytes of this process are in the memory; 0 where the system does not say it so."""
    try:
        return int(_STATUS.read_text().split()[1]) * resource.getpagesize()
    except (IndexError, OSError, ValueError):
        return 0


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found

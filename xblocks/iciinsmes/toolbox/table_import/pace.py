"""Reading a stranger's table beside other people's work: not longer than sensible, and never without a pause.

Python runs one thread at a time. One that only computes makes all others wait at every step of theirs, so it rests a
third of the time. Where nobody else works, as on the command line, nothing of this happens.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import msg

#: Seconds of processor time; the largest table that is allowed takes less.
LONGEST = 20.0
_SHORTEST = 0.004
_LONGEST_REST = 0.05


@dataclass
class _Pace:
    end: float
    rested: float


_teller: ContextVar[Callable[[], None] | None] = ContextVar("teller", default=None)
_pace: ContextVar[_Pace | None] = ContextVar("pace", default=None)


@contextmanager
def gently(seconds: float = LONGEST) -> Iterator[None]:
    """Let everything within read with rests, and not for more than so many seconds of processor time."""
    now = time.thread_time()
    token = _pace.set(_Pace(end=now + seconds, rested=now))
    try:
        yield
    finally:
        _pace.reset(token)


@contextmanager
def telling(tell: Callable[[], None]) -> Iterator[None]:
    """Call something now and then while everything within reads, to show that it goes on."""
    token = _teller.set(tell)
    try:
        yield
    finally:
        _teller.reset(token)


def step() -> None:
    """Rest if that is due; called now and then by whatever may take long.

    Raises:
        UnreadableTable: it took too long.
    """
    if tell := _teller.get():
        tell()
    pace = _pace.get()
    if pace is None:
        return
    now = time.thread_time()
    if now > pace.end:
        raise UnreadableTable(msg("Reading this table takes too long. Save only the rows and columns you need."))
    if now - pace.rested > _SHORTEST:
        time.sleep(min((now - pace.rested) / 2, _LONGEST_REST))
        pace.rested = now

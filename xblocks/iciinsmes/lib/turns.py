"""Heavy work of one process, one piece at a time: so that hostile files at once cost no more than one of them."""

from __future__ import annotations

import threading
from types import TracebackType


class Busy(Exception):
    """Too many are waiting already, or it took too long; nothing was done, and it can be tried again in a moment."""


class Turns:
    """A queue in front of heavy work, used as ``with turns:``.

    It is short: a thread that waits is one less for everybody's pages.
    """

    def __init__(self, *, waiting: int, patience: float = 20, beside: Turns | None = None) -> None:
        """Make a queue.

        Args:
            waiting: how many may wait.
            patience: the seconds that one waits.
            beside: another queue for the same place of work.
        """
        self._work: threading.Lock = beside._work if beside else threading.Lock()
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._patience = patience

    def __enter__(self) -> None:
        """Wait for the turn.

        Raises:
            Busy: it did not come.
        """
        if not self._places.acquire(blocking=False):
            raise Busy
        if not self._work.acquire(timeout=self._patience):
            self._places.release()
            raise Busy

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next one work."""
        self._work.release()
        self._places.release()

"""Work that requests leave behind, done one after the other in a thread of the open campus.

One thread, because SQLite takes one writer at a time. The queue is in memory: what a crash takes, the clock does.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from queue import SimpleQueue

from django.db import connections
from edx_django_utils.cache import RequestCache

from iciinsmes.jobs import run_job

log = logging.getLogger(__name__)

_Job = tuple[str, tuple[str | int, ...]]
_SECONDS_TO_END = 30.0

_waiting: SimpleQueue[_Job | None] | None = None


def take(name: str, ids: tuple[str | int, ...]) -> None:
    """Leave a job to the worker, or do it now where none works: in commands, and under another server."""
    if _waiting is None:
        run_job(name, *ids)
    else:
        _waiting.put((name, ids))


@contextlib.contextmanager
def working() -> Iterator[None]:
    """Do in a thread what is left behind, until the block ends; what waits then is still done, for half a minute."""
    global _waiting
    waiting: SimpleQueue[_Job | None] = SimpleQueue()
    thread = threading.Thread(target=_work, args=(waiting,), name="worker", daemon=True)
    thread.start()
    _waiting = waiting
    try:
        yield
    finally:
        _waiting = None
        waiting.put(None)
        thread.join(timeout=_SECONDS_TO_END)


def _work(waiting: SimpleQueue[_Job | None]) -> None:
    while (job := waiting.get()) is not None:
        name, ids = job
        # There is no request whose end would clear it: what was cached before may be wrong now.
        RequestCache.clear_all_namespaces()
        try:
            run_job(name, *ids)
        except Exception:  # the next job may do better, and the log has it in full
            log.exception("the job %s could not be done", name)
        finally:
            if waiting.empty():
                connections.close_all()

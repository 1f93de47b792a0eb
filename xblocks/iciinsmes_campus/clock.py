"""What a server's cron does elsewhere: reminders, digests and mails that wait, while the campus is open."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from django.db import connections
from edx_django_utils.cache import RequestCache

from iciinsmes.notices import api as notices

log = logging.getLogger(__name__)

_SECONDS = 60.0


@contextlib.contextmanager
def ticking(*, seconds: float = _SECONDS) -> Iterator[None]:
    """Do what is due every so many seconds in a thread of its own, until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_tick, args=(stop, seconds), name="clock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


def _tick(stop: threading.Event, seconds: float) -> None:
    while not stop.wait(seconds):
        # There is no request whose end would clear it: what was cached a minute ago may be wrong now.
        RequestCache.clear_all_namespaces()
        try:
            notices.run_schedule()
        except Exception:  # the next round may do better, and the log has it in full
            log.exception("the schedule could not be done")
        finally:
            connections.close_all()

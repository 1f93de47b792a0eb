"""How long a request takes inside the server, how many statements it costs, and how large its answer is."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: A first request compiles templates and fills caches.
WARM_UP = 5


@dataclass(frozen=True)
class Timing:
    """What a request costs: milliseconds, statements, and bytes of its answer; ``least`` is without the neighbours."""

    least: float
    median: float
    p95: float
    statements: int
    size: int


def timed(name: str, send: Callable[[], Any], runs: int) -> Timing:
    """Send the request again and again, after a warm-up; once more to count its statements.

    Raises:
        RuntimeError: an answer was not 200.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _warm_up in range(WARM_UP):
        send()
    for _run in range(runs):
        started = time.perf_counter()
        answer = send()
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        answer = send()
    p95 = statistics.quantiles(times, n=20)[-1]
    return Timing(min(times), statistics.median(times), p95, len(queries), len(answer.content))

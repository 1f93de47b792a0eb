"""What a scenario prints."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence

from tests.load.person import Sample

#: So many broken promises are told one by one.
_LINES = 40


def tell_times(samples: Sequence[Sample]) -> None:
    """Print how long requests took, a line a kind."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for sample in samples:
        by_kind[sample.what].append(sample.seconds * 1000)
    print(f"{'request':<12}{'count':>7}{'median ms':>11}{'p95 ms':>9}{'worst ms':>10}")
    for what, times in sorted(by_kind.items()):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{what:<12}{len(times):>7}{statistics.median(times):>11.0f}{p95:>9.0f}{max(times):>10.0f}")


def tell_result(broken: Sequence[str]) -> int:
    """Print what was broken; return the exit code."""
    for line in broken[:_LINES]:
        print(f"BROKEN: {line}")
    print("every promise kept" if not broken else f"{len(broken)} promises broken")
    return int(bool(broken))

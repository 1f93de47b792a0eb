"""How many examples are generated: all in the first run, few where another version or database runs the same tests."""

from __future__ import annotations

import os

#: The name of the short profile; `tests.checks` gives it to all runs but the first.
SHORT = "short"
_FEW = 15


def examples(count: int) -> int:
    """Return how many examples a test tries that wants so many: a number in a test would stand above the profile."""
    return min(count, _FEW) if os.environ.get("HYPOTHESIS_PROFILE") == SHORT else count

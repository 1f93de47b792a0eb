"""Many people at once, or a server that suffers: ``python -m tests.load [work|hand-ins|crash|hostile|project|…]``.

Each scenario has a campus of its own in a throw-away folder, is bounded in people and time, and reaches the loopback
address only. It ends with exit code 1 if a promise was broken, and names which.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.load import at_work, crash, grading, hand_ins, hostile, project

_SCENARIOS = {
    "work": at_work.main,
    "hand-ins": hand_ins.main,
    "crash": crash.main,
    "hostile": hostile.main,
    "project": project.main,
    "grading": grading.main,
}


def main(arguments: Sequence[str]) -> int:
    """Run the scenario that is named first, or a working day."""
    if arguments and arguments[0] in _SCENARIOS:
        return _SCENARIOS[arguments[0]](arguments[1:])
    return at_work.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

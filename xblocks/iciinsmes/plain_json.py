"""JSON that browsers send."""

from __future__ import annotations

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """Return what a text in JSON means.

    Raises:
        ValueError: it is none, or lists within lists go deeper than anything sensible.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error

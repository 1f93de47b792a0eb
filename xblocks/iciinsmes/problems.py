"""What an author must mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What an author must mend: ``place`` is the path in the JSON, such as ``criteria.0.title``, and one sentence."""

    place: str
    message: str

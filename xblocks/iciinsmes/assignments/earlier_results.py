"""Results that others have replaced, as pages show them: to the staff, and to the learner who had them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from iciinsmes.review import api as review

from .data import Happening, RoundData, Verb
from .presentation import ShownResult, shown_result


@dataclass(frozen=True)
class ShownEarlierResult:
    """A result of a round that another one has replaced, when and why."""

    number: int
    result: ShownResult
    replaced_at: datetime
    reason: str


def earlier_results(
    *,
    rounds: Sequence[RoundData],
    timeline: Iterable[Happening],
    name_of: Callable[[int | None], str] | None = None,
) -> tuple[ShownEarlierResult, ...]:
    """Return the replaced results of rounds, newest first; one query, none where the life of the work has no such.

    Args:
        rounds: that the reader may read.
        timeline: the life of their work.
        name_of: names an assessor, where the reader may know who it was.
    """
    if not any(event.verb == Verb.CORRECTED for event in timeline):
        return ()
    found = review.corrected(subjects=[row.id for row in rounds])
    shown = [
        ShownEarlierResult(row.number, shown_result(each.assessment, name_of), each.replaced_at, each.reason)
        for row in rounds
        for each in found.get(row.id, ())
    ]
    return tuple(sorted(shown, key=lambda each: each.replaced_at, reverse=True))

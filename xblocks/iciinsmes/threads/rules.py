"""When a question is open, and when somebody is told: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .data import Side

#: Messages in a row are told once.
_IN_A_ROW = timedelta(minutes=15)


@dataclass(frozen=True)
class Said:
    """A message that is not deleted, as far as these rules need it."""

    id: int
    side: Side
    at: datetime


def question_since(said: Sequence[Said], settled_to: int) -> datetime | None:
    """Return when the first of a learner's messages was written that nobody has answered; None where there is none.

    Args:
        said: the messages, oldest first.
        settled_to: the last one about which somebody said that there is nothing to answer.
    """
    answered = max((each.id for each in said if each.side is Side.STAFF), default=0)
    opened = [each.at for each in said if each.side is Side.LEARNER and each.id > max(answered, settled_to)]
    return opened[0] if opened else None


def is_told(last: Said | None, side: Side, now: datetime) -> bool:
    """Tell whether the other side is told of a message, after the last one before it."""
    return last is None or last.side is not side or now - last.at > _IN_A_ROW

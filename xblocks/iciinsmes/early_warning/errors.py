"""What can be wrong with early warning."""

from __future__ import annotations

from collections.abc import Mapping


class EarlyWarningError(Exception):
    """The root of this room's errors."""


class NotAllowedHere(EarlyWarningError):
    """The person may not do or see this."""


class UnknownAlarm(EarlyWarningError):
    """There is no such alarm for this person."""


class WrongFigures(EarlyWarningError):
    """Figures that cannot be; ``problems`` are sentences by indicator and part, such as ``E1.numerator``."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class StaleAlarm(EarlyWarningError):
    """Somebody else has written something about the alarm meanwhile."""


class NeedsWords(EarlyWarningError):
    """A sentence is missing without which this cannot be done; ``field`` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotPossible(EarlyWarningError):
    """There is nothing from which this could be made."""

"""What can be wrong with best practices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class BestPracticeError(Exception):
    """The root of this room's errors."""


class NotAllowedWithCase(BestPracticeError):
    """The person may not do or see this."""


class UnknownCase(BestPracticeError):
    """There is no such case for this person."""


class WrongCase(BestPracticeError):
    """What was chosen makes no case; ``problems`` are sentences by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class StaleCase(BestPracticeError):
    """Somebody has changed the case or decided about it meanwhile."""


class NotOwnConsent(BestPracticeError):
    """Whoever has proposed a case cannot agree for the owner."""


class WrongFile(BestPracticeError):
    """A file holds no cases; ``problems`` are sentences, each with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)

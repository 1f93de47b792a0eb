"""What can go wrong with comments."""

from __future__ import annotations

from .data import RemarkData


class FeedbackError(Exception):
    """Base of all errors of this room."""


class UnknownRemark(FeedbackError):
    """There is no such comment of this person in the assessment."""


class WrongRemark(FeedbackError):
    """The comment is empty or too long, or there are too many; ``message`` says so to the person."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class WrongPlace(FeedbackError):
    """The comment names a place that the round does not have; ``message`` says so to the person."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class StaleRemark(FeedbackError):
    """It was changed in another window in between; ``current`` is what stands there now."""

    def __init__(self, current: RemarkData) -> None:
        self.current = current
        super().__init__(str(current.id))

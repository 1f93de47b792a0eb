"""What can go wrong with threads."""

from __future__ import annotations


class ThreadError(Exception):
    """Base of all errors of this room."""


class UnknownThread(ThreadError):
    """There is no such thread, or the person has no part in it."""


class UnknownMessage(ThreadError):
    """There is no such message of this person, or it can no longer be changed."""


class WrongMessage(ThreadError):
    """The message is empty or too long; ``message`` says so to the person."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class TooOften(ThreadError):
    """The person has written very much in a short time; ``message`` says so."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)

"""What can go wrong with snippets."""

from __future__ import annotations


class SnippetError(Exception):
    """Base of all errors of this room."""


class UnknownSnippet(SnippetError):
    """There is no such snippet, or it is not the person's to change."""


class WrongSnippet(SnippetError):
    """The text is empty or too long; ``message`` says so to the person."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class TooManySnippets(SnippetError):
    """The person keeps, or the course run shares, as many as there may be; ``message`` says so to the person."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)

"""What can go wrong in the toolbox."""

from __future__ import annotations

from .instruments.framework import Text


class ToolboxError(Exception):
    """Base of everything this room raises on purpose."""


class UnknownInstrument(ToolboxError):
    """No instrument has this key or code."""


class UnreadableTable(ToolboxError):
    """This is no table, or too large a one; ``text`` says so to the learner."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.message)

"""What can go wrong in the sheets room."""

from __future__ import annotations


class SheetsError(Exception):
    """Base of everything this room raises on purpose."""


class UnreadableSheet(SheetsError):
    """A file that is no sheet of grades, or too large; the message is one sentence for whoever sent it."""


class UnknownGradeImport(SheetsError):
    """The person has no such import in this course run."""


class UnknownArchive(SheetsError):
    """The person has no such archive in this course run, or no such part of it."""


class ArchiveTooLarge(SheetsError):
    """More than goes into one archive; the message is one sentence."""

"""Everything that can go wrong with privacy."""

from __future__ import annotations

from django.utils.translation import gettext as _


class PrivacyError(Exception):
    """Base of this room's errors; ``message`` is in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class PersonNotFound(PrivacyError):
    """Nobody, or nobody of this course run, is meant."""

    def __init__(self) -> None:
        super().__init__(_("Nobody in this course has this user name or mail address."))


class NotConfirmed(PrivacyError):
    """What was typed does not confirm the erasure, or no reason was given."""

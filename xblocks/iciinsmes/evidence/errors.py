"""Everything that can go wrong with evidence; the text of an error is written for the person who uploads."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .data import ItemData


class EvidenceError(Exception):
    """Base of this room's errors; ``message`` is in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownFile(EvidenceError):
    """There is no such file or upload for this person."""

    def __init__(self) -> None:
        super().__init__(_("This file is not here any more."))


class CannotRead(EvidenceError):
    """A stored file cannot be shown in place; it can be saved."""


class UploadError(EvidenceError):
    """An upload cannot go on or cannot become evidence."""


class OffsetMismatch(UploadError):
    """A chunk does not follow on what has arrived; send on from byte ``received``."""

    def __init__(self, received: int) -> None:
        super().__init__(_("A part of the file is missing. It is sent again."))
        self.received = received


class TooLarge(UploadError):
    """A file, or a part of it, has more bytes than is allowed or was announced."""


class RuleBroken(UploadError):
    """The file breaks a rule of the task, or a limit of this site."""


class Damaged(UploadError):
    """What arrived is not what the browser announced; the upload has been dropped."""

    def __init__(self) -> None:
        super().__init__(_("The file was changed while it was sent, or damaged on the way. Choose it again."))


class NotNow(UploadError):
    """Too many files are being looked at in this moment; the upload stays, and finishing can be tried again."""

    def __init__(self) -> None:
        super().__init__(_("Many files are being checked just now. Nothing is lost. Try again in a moment."))


class ContentRefused(UploadError):
    """What is in the file is not what may be handed in; the upload has been dropped."""


class ItemRefused(EvidenceError):
    """What was written cannot become evidence; ``problems`` maps each wrong field to its message."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class StaleItem(EvidenceError):
    """It was changed in another window in between; ``current`` is what stands there now."""

    def __init__(self, current: ItemData) -> None:
        super().__init__(
            _("This was changed in another window. Below is what stands there now. Save again to replace it.")
        )
        self.current = current

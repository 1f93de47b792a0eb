"""What can go wrong in the room of notices."""


class NoticesError(Exception):
    """Base of this room's errors."""


class BadTemplate(NoticesError):
    """A mail template does not begin with ``Subject: …`` and an empty line."""


class UnknownNotice(NoticesError, LookupError):
    """There is no such notice, or not for this person."""


class BadStopLink(NoticesError, ValueError):
    """A link of a mail was changed on its way."""

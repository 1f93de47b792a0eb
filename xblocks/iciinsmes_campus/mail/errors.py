"""What can go wrong in the room of mail."""


class MailError(Exception):
    """Base of this room's errors."""


class UnknownMail(MailError, LookupError):
    """There is no such mail, or not for this person."""

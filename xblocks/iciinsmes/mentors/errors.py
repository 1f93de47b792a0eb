"""What can go wrong when a mentor is asked or answers; the texts of invalid forms are for the person who typed them."""

from __future__ import annotations

from collections.abc import Mapping


class MentorsError(Exception):
    """Base of everything this room raises on purpose."""


class BadLink(MentorsError):
    """The link was never given out, is damaged, or what it was about is gone."""


class NoPass(MentorsError):
    """The secret did not come along: the cookie is too old or refused, or the mail program has cut the link."""


class UnknownRequest(MentorsError):
    """This person has asked no mentor under this id."""


class Expired(MentorsError):
    """The link is older than a link may be."""


class Revoked(MentorsError):
    """The learner has withdrawn the request, or has asked the same mentor anew."""


class AlreadyAnswered(MentorsError):
    """The subject has its answer, by this link or in another way."""


class AnswerNotAwaited(MentorsError):
    """The work has moved on and waits for no mentor; raised by rooms above, which know it."""


class OwnSignOff(MentorsError):
    """The person who answers is the one who asks."""


class TooSoon(MentorsError):
    """The same thing was done a moment ago: a reminder within a week, a question to the coach within an hour."""


class TooManyMentors(MentorsError):
    """The person has asked more mentors in a day than anybody needs to."""


class InvalidForm(MentorsError):
    """Something that was typed cannot be kept; ``errors`` maps a field to one sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class InvalidContact(InvalidForm):
    """This person cannot be asked; fields are those of `MentorContact`."""


class InvalidAnswer(InvalidForm):
    """This cannot be an answer; fields are those of `AnswerForm`, ``question`` to the coach, or ``reason``."""

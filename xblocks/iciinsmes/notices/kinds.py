"""What can be told: kinds of notices, brought by the rooms that tell them, with their words and ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iciinsmes.lib.registry import Registry

from .data import Mails, NoticeKind

#: Somebody of the course wrote.
MESSAGE = NoticeKind(
    key="message",
    headline=gettext_lazy("%(actor)s has written to you about “%(title)s”"),
    next_step=gettext_lazy("Open the page to read and answer."),
    actor=gettext_lazy("Your course team"),
)

_KINDS: Registry[NoticeKind] = Registry("kind of notice")


class Way(StrEnum):
    """How a notice reaches its receiver besides the inbox."""

    MAIL = "mail"
    DIGEST = "digest"
    INBOX = "inbox"


def register_kinds(kinds: Collection[NoticeKind]) -> None:
    """Make kinds of notices known; rooms do in their `registration`.

    Args:
        kinds: what a room tells.

    Raises:
        DoubledKey: another kind has the same key.
    """
    for kind in kinds:
        _KINDS.add(kind.key, kind)


def kinds() -> Mapping[str, NoticeKind]:
    """Return every kind by its key."""
    return _KINDS


def kind_of(key: str) -> NoticeKind:
    """Return the kind with this key.

    Raises:
        UnknownKey: no room has brought it.
    """
    return _KINDS[key]


def way(kind: NoticeKind, mails: Mails) -> Way:
    """Return how a notice of this kind reaches somebody who wants mails like this."""
    if mails is Mails.NEVER:
        return Way.INBOX
    if mails is Mails.AT_ONCE:
        return Way.INBOX if kind.is_quiet else Way.MAIL
    return Way.DIGEST


def headline(kind: NoticeKind, *, title: str, actor_name: str) -> str:
    """Return what happened in one line, in the active language."""
    actor = actor_name or ("" if kind.actor is None else str(kind.actor))
    return str(kind.headline) % {"actor": actor, "title": title}


def closed() -> str:
    """Say why there is no way to a page."""
    return _("You no longer take part in this course, so its pages are closed to you.")

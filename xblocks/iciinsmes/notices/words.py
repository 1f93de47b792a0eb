"""What notices say, in the active language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from .data import Kind

#: Who acts where nobody is named.
_ACTORS: Mapping[Kind, Callable[[], str]] = {
    Kind.HANDED_IN: lambda: _("A learner"),
    Kind.SENT_BACK: lambda: _("Your mentor"),
    Kind.SIGNED: lambda: _("Your mentor"),
    Kind.LINK_EXPIRING: lambda: _("Your mentor"),
    Kind.MENTOR_ASKS_COACH: lambda: _("A mentor"),
    Kind.MESSAGE: lambda: _("Your course team"),
    Kind.ERASURE_ASKED: lambda: _("A person"),
    Kind.TEAM_HANDED_IN: lambda: _("A colleague"),
    Kind.TEAM_WITHDRAWN: lambda: _("A colleague"),
}

_HEADLINES: Mapping[Kind, Callable[[], str]] = {
    Kind.HANDED_IN: lambda: _("%(actor)s has handed in “%(title)s”"),
    Kind.SENT_BACK: lambda: _("%(actor)s has sent “%(title)s” back to you"),
    Kind.SIGNED: lambda: _("%(actor)s has confirmed “%(title)s”"),
    Kind.PASSED: lambda: _("“%(title)s” has passed"),
    Kind.REVISE: lambda: _("“%(title)s” needs another round"),
    Kind.REOPENED: lambda: _("“%(title)s” is open for another round"),
    Kind.DUE_SOON: lambda: _("“%(title)s” is due soon"),
    Kind.LINK_EXPIRING: lambda: _("The link of “%(title)s” for %(actor)s ends soon"),
    Kind.MENTOR_ASKS_COACH: lambda: _("%(actor)s asks for your advice on “%(title)s”"),
    Kind.MESSAGE: lambda: _("%(actor)s has written to you about “%(title)s”"),
    Kind.ERASURE_ASKED: lambda: _("%(actor)s asks to have the own data in “%(title)s” erased"),
    Kind.TEAM_HANDED_IN: lambda: _("%(actor)s has handed in “%(title)s” for you too"),
    Kind.TEAM_WITHDRAWN: lambda: _("%(actor)s has taken back “%(title)s” for you too"),
}

_STEPS: Mapping[Kind, Callable[[], str]] = {
    Kind.HANDED_IN: lambda: _("The work waits for you on the desk."),
    Kind.SENT_BACK: lambda: _("Read what is missing, change your work and hand it in again."),
    Kind.SIGNED: lambda: _("Well done. Your work now waits for your teacher."),
    Kind.PASSED: lambda: _("Well done! Your teacher's feedback waits for you."),
    Kind.REVISE: lambda: _("Your teacher has read your work. The feedback says what is missing."),
    Kind.REOPENED: lambda: _("Your teacher gives you another round. Change what you like and hand it in again."),
    Kind.DUE_SOON: lambda: _("Your draft is kept. Open it and hand it in when it is ready."),
    Kind.LINK_EXPIRING: lambda: _("Ask for the answer, or send a new link."),
    Kind.MENTOR_ASKS_COACH: lambda: _("Have a look and answer when you have a moment."),
    Kind.MESSAGE: lambda: _("Open the page to read and answer."),
    Kind.ERASURE_ASKED: lambda: _("Open the page of this person, and erase the data there."),
    Kind.TEAM_HANDED_IN: lambda: _("You did it together, so it counts for you too. You get a result of your own."),
    Kind.TEAM_WITHDRAWN: lambda: _("Your own draft is as you left it."),
}


def headline(kind: Kind, *, title: str, actor_name: str) -> str:
    """Return what happened in one line; it is the subject of a mail too."""
    actor = actor_name or (_ACTORS[kind]() if kind in _ACTORS else "")
    return _HEADLINES[kind]() % {"actor": actor, "title": title}


def next_step(kind: Kind) -> str:
    """Return what the receiver can do now."""
    return _STEPS[kind]()


def closed() -> str:
    """Say why there is no way to a page."""
    return _("You no longer take part in this course, so its pages are closed to you.")


def reason(kind: Kind) -> str:
    """Return why the receiver is told."""
    if kind is Kind.HANDED_IN:
        return _("You get this mail because you teach in this course.")
    if kind is Kind.ERASURE_ASKED:
        return _("You get this mail because you coordinate this course.")
    if kind is Kind.MENTOR_ASKS_COACH:
        return _("You get this mail because you accompany a firm in this course.")
    return _("You get this mail because you take part in this course.")

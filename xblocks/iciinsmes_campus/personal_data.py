"""What the campus keeps about people, and words for what it notes, made known to the add-on's pages of privacy."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Let the add-on hand out, erase and drop what the campus keeps; called when everything is loaded."""
    from iciinsmes.privacy import api as privacy

    from .accounts import api as accounts
    from .authoring import api as authoring
    from .learning import api as learning
    from .mail import api as mail

    # The account comes last: the others look for its name and address.
    privacy.register_source(
        name="learning",
        words=_("Courses, answers to quizzes, what was done, points, and events about it."),
        room=learning,
        courses_of=learning.courses_of,
    )
    privacy.register_source(name="authoring", words=_("Which parts of courses this person changed."), room=authoring)
    privacy.register_source(
        name="mail",
        words=_("Mails in the outbox of the campus, as they were written; they may name others."),
        room=mail,
    )
    privacy.register_source(
        name="account",
        words=_("The account, when and from where somebody signed in, and open sessions."),
        room=accounts,
    )
    privacy.register_period(
        name="mails",
        words=_("Mails in the outbox of the campus, after they were sent"),
        setting="CAMPUS_KEEP_MAILS_DAYS",
        expire=mail.expire_mails,
    )
    privacy.register_period(
        name="events",
        words=_("Events about what people do in courses"),
        setting="CAMPUS_KEEP_EVENTS_DAYS",
        expire=learning.expire_events,
    )
    privacy.register_period(
        name="sign-ins",
        words=_("Who signed in or tried to, when and from where; sessions, after their end"),
        setting="CAMPUS_KEEP_SIGN_INS_DAYS",
        expire=accounts.expire_sign_ins,
    )
    privacy.register_words(
        verbs={
            "enrolled": _("enrolled in the course"),
            "gradebook_exported": _("downloaded the gradebook"),
            "mail_read": _("read a mail to somebody else"),
            "outbox_read": _("read the list of mails"),
            "role_changed": _("changed the role"),
            "unenrolled": _("ended the participation"),
        },
        kinds={
            "course": _("Course"),
            "mail": _("Mail"),
            "outbox": _("Outbox"),
        },
    )

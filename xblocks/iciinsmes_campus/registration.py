"""What the campus brings to the add-on, which does not know it: personal data, words of the trail, and a daily task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.jobs import on_schedule
from iciinsmes.lib import personal_data
from iciinsmes.platform import Role

from .accounts import api as accounts
from .authoring import api as authoring
from .learning import api as learning
from .mail import api as mail
from .upkeep import drop_what_is_old

_ROLES = {
    Role.LEARNER.value: _("Learner"),
    Role.TEACHER.value: _("Teacher"),
    Role.COORDINATOR.value: _("Coordinator"),
}


def connect() -> None:
    """Say what the campus keeps about people, what it notes, and what it does once a day."""
    _register_sources()
    _register_periods()
    _register_words_of_the_trail()
    on_schedule(name="campus.retention", task=drop_what_is_old, every=timedelta(days=1))


def _register_sources() -> None:
    # The account comes last: the others look for its name and address.
    personal_data.register_source(
        name="learning",
        words=_("Courses, answers to quizzes, what was done, points, and events about it."),
        keeper=learning,
        courses_of=learning.courses_of,
        of_host=True,
    )
    personal_data.register_source(
        name="authoring", words=_("Which parts of courses this person changed."), keeper=authoring, of_host=True
    )
    personal_data.register_source(
        name="mail",
        words=_("Mails in the outbox of the campus, as they were written; they may name others."),
        keeper=mail,
        of_host=True,
    )
    personal_data.register_source(
        name="account",
        words=_("The account, when and from where somebody signed in, and open sessions."),
        keeper=accounts,
        of_host=True,
    )


def _register_periods() -> None:
    personal_data.register_period(
        name="mails",
        words=_("Mails in the outbox of the campus, after they were sent"),
        setting="CAMPUS_KEEP_MAILS_DAYS",
        expire=mail.expire_mails,
        of_host=True,
    )
    personal_data.register_period(
        name="events",
        words=_("Events about what people do in courses"),
        setting="CAMPUS_KEEP_EVENTS_DAYS",
        expire=learning.expire_events,
        of_host=True,
    )
    personal_data.register_period(
        name="sign-ins",
        words=_("Who signed in or tried to, when and from where; sessions, after their end"),
        setting="CAMPUS_KEEP_SIGN_INS_DAYS",
        expire=accounts.expire_sign_ins,
        of_host=True,
    )


def _register_words_of_the_trail() -> None:
    audit_log.register_verbs(
        {
            "enrolled": _("enrolled in the course"),
            "gradebook_exported": _("downloaded the gradebook"),
            "mail_read": _("read a mail to somebody else"),
            "outbox_read": _("read the list of mails"),
            "role_changed": _("changed the role"),
            "unenrolled": _("ended the participation"),
        }
    )
    audit_log.register_subjects({"course": _("Course"), "mail": _("Mail"), "outbox": _("Outbox")})
    audit_log.register_details({"role": _role})


def _role(detail: Mapping[str, Any]) -> str:
    """Return the role, and the one before where it has changed."""
    return " → ".join(str(_ROLES.get(detail[key], detail[key])) for key in ("was", "role") if key in detail)

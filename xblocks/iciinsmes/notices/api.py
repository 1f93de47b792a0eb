"""The only door to notices. A mail that cannot be sent never undoes what it tells about."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import host

__all__ = ["tell_result"]

log = logging.getLogger(__name__)


def tell_result(*, user_id: int, course_key: CourseKey, title: str, address: str, outcome: str) -> None:
    """Mail a learner that work was assessed, in the learner's language; points and feedback stay on the page.

    Args:
        user_id: the learner.
        course_key: the course run.
        title: of the assignment.
        address: of the page with the result.
        outcome: ``passed`` or ``revise``.
    """
    user = get_user_model().objects.filter(id=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    with translation.override(host().language(user_id)):
        subject = translation.gettext("%(title)s: your teacher has answered") % {"title": title}
        context = {"title": title, "address": address, "outcome": outcome, "course": host().course(course_key).title}
        body = render_to_string("iciinsmes/notices/result.txt", context)
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
    except (SMTPException, OSError):
        log.exception("result mail could not be sent: user %s, course %s", user_id, course_key)

"""Mails to mentors, each in the mentor's language; they leave when the database has confirmed."""

from __future__ import annotations

from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib import dates
from iciinsmes.notices import api as notices
from iciinsmes.platform import zones

from .data import Matter, RequestData


def invitation(request: RequestData, matter: Matter) -> None:
    """Ask the mentor."""
    _send("invitation", request, matter)


def reminder(request: RequestData, matter: Matter) -> None:
    """Ask the mentor once more, with the same link."""
    _send("reminder", request, matter)


def _send(template: str, request: RequestData, matter: Matter) -> None:
    language = request.contact.language
    # Nobody knows where a mentor reads.
    with translation.override(language), timezone.override(zones.of_site()):
        context: dict[str, object] = {
            "title": matter.title,
            "learner": matter.learner,
            "company": matter.company,
            "course": matter.course,
            "mentor": request.contact.name,
            "address": request.link,
            "handed_in": dates.long(timezone.localtime(matter.handed_in_at)),
            "until": zones.moment(request.expires_at),
        }
    notices.send_mail(
        to=request.contact.email,
        language=language,
        template=f"iciinsmes/mentors/mail_{template}.txt",
        context=context,
        course_key=CourseKey.from_string(request.course_key),
    )

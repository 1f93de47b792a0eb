"""The platform's own certificates, which are made behind the request by its workers.

Read on its main branch (lms/djangoapps/certificates/api.py, generation_handler.py, models.py, at 21572afe) and tried on
Teak: who is on the allowlist of a course run gets one whatever the grade is, so that the add-on's criteria decide and
not the points; where the course has no certificate pages or the enrolment mode gives none, the platform makes none and
says so in its log. Its retirement empties the name on it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey

#: What the platform keeps beside an entry of the allowlist, for its staff.
_NOTES = "ICIinSMEs"


def award(*, user_id: int, course_key: CourseKey) -> None:
    """See `Host.award_certificate`; one that was withdrawn before may be made again."""
    from lms.djangoapps.certificates import api

    user = get_user_model().objects.get(id=user_id)
    held = api.get_certificate_for_user_id(user, course_key)
    # Teak takes the certificate alone and finds entries that were lifted too; lifting one again changes nothing.
    refused = None if held is None else api.get_certificate_invalidation_entry(held)
    if refused is not None:
        refused.deactivate()
    api.create_or_update_certificate_allowlist_entry(user, course_key, _NOTES)
    api.generate_certificate_task(user, course_key)


def withdraw(*, user_id: int, course_key: CourseKey, by_id: int | None, reason: str) -> None:
    """See `Host.withdraw_certificate`; the entry keeps the platform from making it anew when a grade changes."""
    from lms.djangoapps.certificates import api

    user = get_user_model().objects.get(id=user_id)
    held = api.get_certificate_for_user_id(user, course_key)
    if held is not None:
        api.create_certificate_invalidation_entry(held, _decider(by_id, user), reason)
    # Makes it invalid too; without an entry of ours the grade has earned it, and the other call does.
    if not api.remove_allowlist_entry(user, course_key):
        api.invalidate_certificate(user.id, course_key, source="iciinsmes")


def address_of(*, user_id: int, course_key: CourseKey) -> str:
    """See `Host.certificate_url`; empty until the platform's workers have made it."""
    from lms.djangoapps.certificates import api

    user = get_user_model().objects.get(id=user_id)
    found = api.get_certificate_for_user(user.username, course_key)
    return str(found["download_url"] or "") if found and found["is_passing"] else ""


def _decider(by_id: int | None, user: Any) -> Any:
    """Return who decided it; the platform's column takes nobody else than a user."""
    return get_user_model().objects.filter(id=by_id or 0).first() or user

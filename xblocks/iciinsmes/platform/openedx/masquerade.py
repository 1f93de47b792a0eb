"""Staff who "view the course as" one learner.

Tried on Teak (lms/djangoapps/courseware/masquerade.py): the choice lies in the session. While a block is rendered or a
handler of it runs, the request's user is the learner and has ``real_user``; on a plugin's pages it stays the staff.
"""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey


def looking_as_learner(course_key: CourseKey) -> int | None:
    """See `Host.looking_as_learner`; the platform forgets the choice of somebody who is staff no more."""
    from crum import get_current_request

    request = get_current_request()
    user = getattr(request, "user", None)
    if user is None:
        return None
    real = getattr(user, "real_user", None)
    if real is not None:
        return int(real.id)
    return user.id if _has_chosen(request.session, course_key) and _is_staff(user, course_key) else None


def _has_chosen(session: object, course_key: CourseKey) -> bool:
    from lms.djangoapps.courseware.masquerade import MASQUERADE_SETTINGS_KEY

    chosen = session.get(MASQUERADE_SETTINGS_KEY, {}).get(course_key)  # type: ignore[attr-defined]
    return bool(chosen and chosen.user_name)


def _is_staff(user: object, course_key: CourseKey) -> bool:
    from lms.djangoapps.courseware.access import has_access

    return bool(has_access(user, "staff", course_key))

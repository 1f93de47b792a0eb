"""What a person may open in a course, and who looks at it through a learner's eyes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey, UsageKey

#: A check costs about ten statements, and somebody who writes is asked for with every draft.
_SECONDS = 60


def may_open(user_id: int, usage_key: UsageKey) -> bool:
    """See `Host.may_open`; a yes is remembered for a minute, a no is asked for anew each time."""
    key = f"iciinsmes.may_open.{user_id}.{usage_key}"
    if cache.get(key):
        return True
    found = _may_open(user_id, usage_key)
    if found:
        cache.set(key, True, _SECONDS)
    return found


def _may_open(user_id: int, usage_key: UsageKey) -> bool:
    """Ask the platform; it looks at one block's settings, which a course made elsewhere may open in a closed part."""
    from lms.djangoapps.courseware.access import has_access

    course_key = usage_key.course_key
    user = get_user_model().objects.filter(id=user_id, is_active=True).first()
    if user is None:
        return False
    block = find_block(usage_key)
    if block is None or has_access(user, "staff", block, course_key):
        return True
    while block is not None:
        if not has_access(user, "load", block, course_key):
            return False
        block = block.get_parent()
    return True


def find_block(usage_key: UsageKey) -> Any | None:
    """Return the block, or None for one that was deleted."""
    from xmodule.modulestore.django import modulestore
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        return modulestore().get_item(usage_key)
    except ItemNotFoundError:
        return None


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

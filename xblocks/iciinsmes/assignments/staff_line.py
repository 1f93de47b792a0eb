"""A line above a task for who teaches: how many works on it wait, and the way to them."""

from __future__ import annotations

from django.utils.safestring import SafeString
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_grade
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host
from iciinsmes.waiting import api as waiting


def render_staff_line(*, user_id: int | None, usage_key: UsageKey, works_here: bool) -> SafeString:
    """Return the line, empty for everybody who does not grade; a learner's page asks nothing for it.

    Args:
        user_id: who looks at the block.
        usage_key: the block.
        works_here: whether the person also learns in the course run, and has the own work below the line.
    """
    course_key = usage_key.course_key
    if user_id is None or not can_grade(user_id=user_id, course_key=course_key):
        return SafeString("")
    context = {
        "waiting": waiting.waiting_count(
            course_key=course_key, place=str(usage_key), limited_to=host().limited_to(user_id, course_key)
        ),
        "usage_key": usage_key,
        "works_here": works_here,
    }
    return render_to_string("iciinsmes/assignments/staff_line.html", context)

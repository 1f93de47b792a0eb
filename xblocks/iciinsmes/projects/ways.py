"""Where people go from a block that shows no project of their own: to the firms they coach, to all, to their firm."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies

from . import api


def ways_for(*, user_id: int, course_key: CourseKey, coaches: bool) -> tuple[tuple[str, str], ...]:
    """Return what a visitor without a project in this run can open instead, as words and address.

    Args:
        user_id: the visitor.
        course_key: the run.
        coaches: whether the person coaches a firm.
    """
    ways = []
    if coaches:
        ways.append((_("The projects that you coach"), reverse("iciinsmes:projects-coached")))
    if api.can_see_all(user_id=user_id, course_key=course_key):
        ways.append((_("All projects of this course"), reverse("iciinsmes:projects-matrix", args=[course_key])))
    elif not ways and companies.can_work(user_id=user_id, course_key=course_key):
        ways.append((_("Join your firm, or register it"), reverse("iciinsmes:company", args=[course_key])))
    return tuple(ways)

"""A tab of the course that leads its staff to the desk: on the LMS's own pages and in the bar of the learning MFE.

Named in the package's entry points; the platform imports it, nothing else does. Tried on Teak (xmodule/tabs.py,
lms/djangoapps/courseware/tabs.py): the MFE shows the same list, and ``link_func`` must be a property.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop
from xmodule.tabs import CourseTab

from ..host import is_used
from .roles import staff_role


class DeskTab(CourseTab):
    """The way to the desk; dynamic, so that courses need not be changed for it."""

    type = "iciinsmes_desk"
    name = "iciinsmes_desk"
    title = gettext_noop("Desk")
    priority = 400
    view_name = "iciinsmes:desk-queue"
    is_dynamic = True
    is_default = False

    @property
    def link_func(self) -> Callable[[Any, Callable[..., str]], str]:
        """Return what makes the tab's address from a course and the platform's `reverse`."""
        return lambda course, reverse: reverse(self.view_name, args=[course.id])

    @classmethod
    def is_enabled(cls, course: Any, user: Any | None = None) -> bool:
        """Tell whether the tab is shown: to staff, as far as they do not "view the course as a learner".

        Learners cost no query: the platform has asked for the person's roles before.
        """
        return user is not None and staff_role(user, course.id) is not None and is_used(course.id)

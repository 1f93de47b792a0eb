"""The way to the desk in the platform's instructor dashboard: steps in two of its filters.

The platform imports this module by the names in ``settings.ways``; nothing else does. Tried on Teak
(lms/djangoapps/instructor/views/instructor_dashboard.py); the second filter is Verawood's, read in
lms/djangoapps/instructor/views/serializers_v2.py and in frontend-app-instructor-dashboard.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey
from openedx_filters import PipelineStep
from web_fragments.fragment import Fragment

from iciinsmes.companies.api import can_coordinate, can_download_reports, can_grade, limited_to
from iciinsmes.lib.templating import render_to_string
from iciinsmes.platform import host, is_used
from iciinsmes.projects import api as projects
from iciinsmes.waiting import api as waiting

_KEY = "iciinsmes_desk"
#: Behind the platform's own, which go from 10 to 110.
_LAST = 200


class DashboardSection(PipelineStep):
    """Adds the section "Desk" to the dashboard as the LMS draws it."""

    def run_filter(self, context: dict[str, Any], template_name: str) -> dict[str, Any]:
        """Append the section for who grades or may download reports; see the filter for arguments and result."""
        from crum import get_current_user

        course_key = context["course"].id
        content = _content(get_current_user().id, course_key) if is_used(course_key) else ""
        if content:
            section = {
                "section_key": _KEY,
                "section_display_name": _("Desk"),
                "course_id": str(course_key),
                "fragment": Fragment(content),
                "template_path_prefix": "/iciinsmes/",
            }
            context = {**context, "sections": [*context["sections"], section]}
        return {"context": context, "template_name": template_name}


class DashboardTab(PipelineStep):
    """Adds the tab "Desk" to the dashboard as a micro-frontend draws it, to which a whole address is a plain link."""

    def run_filter(self, tabs: list[dict[str, Any]], user: Any, course_key: CourseKey) -> dict[str, Any]:
        """Append the tab for who grades; see the filter for arguments and result."""
        if can_grade(user_id=user.id, course_key=course_key) and is_used(course_key):
            url = host().absolute(reverse("iciinsmes:desk-queue", args=[course_key]))
            tabs = [*tabs, {"tab_id": _KEY, "title": _("Desk"), "url": url, "sort_order": _LAST}]
        return {"tabs": tabs, "user": user, "course_key": course_key}


def _content(user_id: int, course_key: CourseKey) -> str:
    grades = can_grade(user_id=user_id, course_key=course_key)
    reports = can_download_reports(user_id=user_id, course_key=course_key)
    if not grades and not reports:
        return ""
    context = {
        "course_key": course_key,
        "counts": grades
        and waiting.queue_counts(
            course_key=course_key,
            overdue_before=projects.overdue_before(course_keys=[course_key])[course_key],
            limited_to=limited_to(user_id=user_id, course_key=course_key),
        ),
        "coordinates": can_coordinate(user_id=user_id, course_key=course_key),
        "reports": reports,
    }
    return render_to_string("iciinsmes/desk/dashboard.html", context)

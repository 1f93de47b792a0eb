"""What all answers and pages of the campus have in common, and one address for whoever watches it."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iciinsmes.lib.caching import PrivateAnswers
from iciinsmes.platform import STAFF
from iciinsmes_campus.courseware.api import broken_courses, courses
from iciinsmes_campus.learning.api import memberships_of

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers, 503 otherwise; broken course folders are counted, not fatal."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("health check: the database does not answer")
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse(
        {"status": "ok", "database": "ok", "courses": len(courses()), "broken_courses": len(broken_courses())}
    )


class PrivateCampus(PrivateAnswers):
    """Says it of every answer, also of one to an address that does not exist: around it stands a name."""

    def is_ours(self, request: HttpRequest) -> bool:
        """Tell that everything here is the campus' own; styles and scripts never come this far."""
        return True


def staff(request: HttpRequest) -> dict[str, bool]:
    """Tell whether the person is teacher or coordinator anywhere; memberships are cached for the request."""
    user_id = getattr(getattr(request, "user", None), "pk", None)
    courses = memberships_of(user_id) if user_id else ()
    return {"staffs_something": any(course.role in STAFF for course in courses)}

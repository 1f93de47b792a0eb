"""What every template of the campus knows beyond its own context."""

from __future__ import annotations

from django.http import HttpRequest

from iciinsmes.platform import STAFF
from iciinsmes_campus.learning.api import memberships_of


def staff(request: HttpRequest) -> dict[str, bool]:
    """Tell whether the person is teacher or coordinator anywhere; memberships are cached for the request."""
    user_id = getattr(getattr(request, "user", None), "pk", None)
    courses = memberships_of(user_id) if user_id else ()
    return {"staffs_something": any(course.role in STAFF for course in courses)}

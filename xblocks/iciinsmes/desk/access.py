"""Who gets onto the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_grade


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def grader_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only teachers and coordinators of the course run in the address pass.

    Everybody else gets 404, so that addresses cannot be probed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_grade(user_id=request.user.id, course_key=course_key):
            raise Http404
        return view(request, course_key, **values)

    return guarded

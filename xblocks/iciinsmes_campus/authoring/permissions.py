"""Who may change a course."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from opaque_keys.edx.keys import CourseKey

from iciinsmes_campus.courseware import api as courseware


def author_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only authors of the course run in the address pass: its teachers and coordinators.

    Everybody else gets 404, so that addresses cannot be probed; so does a block of another course run.
    """

    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        usage_key = values.get("usage_key")
        if usage_key is not None and usage_key.course_key != course_key:
            raise Http404
        if not courseware.can_author(request.user.pk, course_key):
            raise Http404
        try:
            courseware.course(course_key)
        except courseware.UnknownCourse as error:
            raise Http404 from error
        return view(request, course_key, **values)

    return guarded

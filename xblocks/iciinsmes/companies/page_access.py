"""Who gets onto the pages of firms; everybody else gets 404, so that addresses cannot be probed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from .api import can_coordinate, can_work

View = Callable[..., HttpResponse]


def learner_page(view: View) -> View:
    """Let only learners of the course run in the address pass."""
    return _only(view, can_work)


def coordinator_page(view: View) -> View:
    """Let only coordinators of the course run in the address pass."""
    return _only(view, can_coordinate)


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)


def _only(view: View, allowed: Callable[..., bool]) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse:
        if not allowed(user_id=request.user.pk, course_key=course_key):
            raise Http404
        return view(request, course_key, **values)

    return guarded

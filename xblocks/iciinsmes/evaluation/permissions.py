"""Who may see and say what of an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_coordinate, can_grade

View = Callable[..., HttpResponseBase]


def can_see_reactions(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may see the figures of the run's cycles: its staff, who see no single answer."""
    return can_grade(user_id=user_id, course_key=course_key)


def can_describe(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may say which college and country a run belongs to, and when it ends."""
    return can_coordinate(user_id=user_id, course_key=course_key)


def page_for(may: Callable[..., bool]) -> Callable[[View], View]:
    """Let only those pass of whom this function says so for the course run in the address; everybody else gets 404."""

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
            if not may(user_id=request.user.pk, course_key=course_key):
                raise Http404
            return view(request, course_key, **values)

        return guarded

    return guard


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page that asks."""
    return int(request.user.pk or 0)

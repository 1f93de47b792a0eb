"""Who gets onto the pages of privacy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_coordinate


def coordinator_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only coordinators of the course run in the address pass; for everybody else there is no such page."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
        if not can_coordinate(user_id=request.user.pk, course_key=course_key):
            raise Http404
        return view(request, course_key, **values)

    return guarded


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)

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

from iciinsmes.companies.api import can_coordinate, can_download_reports


def _page_for(allowed: Callable[..., bool]) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., Any]]:
    """Let only those pass for whom the function says yes; for everybody else there is no such page."""

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
            if not allowed(user_id=request.user.pk, course_key=course_key):
                raise Http404
            return view(request, course_key, **values)

        return guarded

    return guard


#: For coordinators of the course run in the address.
coordinator_page = _page_for(can_coordinate)
#: For who may download reports on the course run in the address.
report = _page_for(can_download_reports)


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)

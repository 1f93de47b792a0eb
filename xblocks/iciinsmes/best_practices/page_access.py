"""What every page of best practices has in common: signed in is needed, and for who may not see one there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from .errors import NotAllowedWithCase, UnknownCase

View = Callable[..., HttpResponse]


def practice_page(allowed: Callable[..., bool] | None = None) -> Callable[[View], View]:
    """Give the page to who is signed in and may see it in the course run of the address; 404 for everybody else.

    Args:
        allowed: a permission function that takes ``user_id`` and ``course_key``; None where the api asks.
    """

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse:
            if allowed is not None and not allowed(user_id=request.user.pk, course_key=course_key):
                raise Http404
            try:
                return view(request, course_key, **values)
            except (NotAllowedWithCase, UnknownCase) as error:
                raise Http404 from error

        return guarded

    return guard


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)

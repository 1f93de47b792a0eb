"""What every page of projects has in common: signed in is needed, and for who may not see one there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from .errors import NotAllowedInProject, UnknownProject, UnknownProjectEntry

View = Callable[..., HttpResponseBase]


def project_page(view: View) -> View:
    """Give the page to who is signed in; 404 where the room's api knows nothing for this person."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponseBase:
        try:
            return view(request, **values)
        except (UnknownProject, UnknownProjectEntry) as error:
            raise Http404 from error

    return guarded


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)


def staff_page(allowed: Callable[..., bool]) -> Callable[[View], View]:
    """Let only those of the course run in the address pass whom a permission function lets; 404 for everybody else.

    Args:
        allowed: takes ``user_id`` and ``course_key``.
    """

    def only(view: View) -> View:
        @project_page
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
            if not allowed(user_id=request.user.pk, course_key=course_key):
                raise Http404
            return view(request, course_key=course_key, **values)

        return guarded

    return only


def coach_page(view: View) -> View:
    """Give the page to who is signed in; 404 where the api says that the person is neither coach nor staff."""

    @project_page
    @wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponseBase:
        try:
            return view(request, **values)
        except NotAllowedInProject as error:
            raise Http404 from error

    return guarded

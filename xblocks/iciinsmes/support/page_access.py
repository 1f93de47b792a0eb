"""Who gets onto the pages of the directory; everybody else gets 404, so that addresses cannot be probed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from . import api
from .data import Reader
from .errors import NotAllowedInDirectory, UnknownContact, UnknownEntry, UnknownImport

View = Callable[..., HttpResponseBase]


def reader_page(view: View) -> View:
    """Let who reads the directory in the run pass; the view gets the `Reader`."""
    return _guarded(view, lambda _reader: True)


def keeper_page(view: View) -> View:
    """Let staff of the run and editors pass; the view gets the `Reader`."""
    return _guarded(view, lambda reader: reader.keeps)


def editor_page(view: View) -> View:
    """Let editors pass; the view gets the `Reader`."""
    return _guarded(view, lambda reader: reader.edits)


def _guarded(view: View, allowed: Callable[[Reader], bool]) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse | HttpResponseBase:
        try:
            reader = api.reader_of(user_id=request.user.pk, course_key=course_key)
            if not allowed(reader):
                raise NotAllowedInDirectory
            return view(request, course_key, reader, **values)
        except (NotAllowedInDirectory, UnknownContact, UnknownEntry, UnknownImport) as error:
            raise Http404 from error

    return guarded

"""What every page of early warning has in common: signed in is needed, and for who may not see one there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from .errors import NotAllowedHere, UnknownAlarm

View = Callable[..., HttpResponse]


def firm_view(view: View) -> View:
    """Give the page to who is signed in; 404 where the room's api knows nothing for this person."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponse:
        try:
            return view(request, **values)
        except (NotAllowedHere, UnknownAlarm) as error:
            raise Http404 from error

    return guarded


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)

"""The pages of the gallery, for who takes part in the course run; everybody else gets 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_grade, can_work
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .errors import NoReason, UnknownGalleryEntry
from .page import entry_view

View = Callable[..., HttpResponse]


def _page_for(*allowed: Callable[..., bool]) -> Callable[[View], View]:
    """Let only people pass for whom one of these functions says yes."""

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse:
            if not any(may(user_id=request.user.pk, course_key=course_key) for may in allowed):
                raise Http404
            try:
                return view(request, course_key, **values)
            except UnknownGalleryEntry as error:
                raise Http404 from error

        return guarded

    return guard


@_page_for(can_work, can_grade)
@require_safe
def gallery(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show a page of the gallery, and on the first one what the reader shows."""
    user_id = _user_id(request)
    is_staff = can_grade(user_id=user_id, course_key=course_key)
    usage_key = _assignment(request, course_key)
    after = whole_number(request.GET.get("after"))
    page = api.entries(course_key=course_key, reader_id=user_id, usage_key=usage_key, after=after, with_hidden=is_staff)
    own = api.own_entries(course_key=course_key, user_id=user_id) if after is None else ()
    context = {
        "course": host().course(course_key),
        "entries": [entry_view(entry) for entry in page.entries],
        "own": [entry_view(entry) for entry in own],
        "next_after": page.next_after,
        "assignment": usage_key,
        "is_first": after is None,
        "is_staff": is_staff,
        "back": host().block_url(usage_key) if usage_key else "",
    }
    return render(request, "iciinsmes/gallery/gallery.html", context)


@_page_for(can_work)
@require_POST
def show(request: HttpRequest, course_key: CourseKey, entry_id: int) -> HttpResponse:
    """Take an own entry out, or with ``shown=1`` put it back."""
    shown = request.POST.get("shown") == "1"
    api.show(entry_id=entry_id, course_key=course_key, user_id=_user_id(request), shown=shown)
    messages.success(request, _("It is in the gallery again.") if shown else _("It is taken out of the gallery."))
    return redirect("iciinsmes:gallery", course_key)


@_page_for(can_work)
@require_POST
def name_company(request: HttpRequest, course_key: CourseKey, entry_id: int) -> HttpResponse:
    """With ``named=1`` show the name of the firm beside an own entry, otherwise not any more."""
    named = request.POST.get("named") == "1"
    api.name_company(entry_id=entry_id, course_key=course_key, user_id=_user_id(request), named=named)
    messages.success(request, _("Your firm is named now.") if named else _("Your firm is not named any more."))
    return redirect("iciinsmes:gallery", course_key)


@_page_for(can_grade)
@require_POST
def hide(request: HttpRequest, course_key: CourseKey, entry_id: int) -> HttpResponse:
    """Hide an entry with a ``reason``, or with ``shown=1`` show it again."""
    if request.POST.get("shown") == "1":
        api.show_again(entry_id=entry_id, course_key=course_key)
        messages.success(request, _("It is in the gallery again."))
        return redirect("iciinsmes:gallery", course_key)
    try:
        api.hide(
            entry_id=entry_id, course_key=course_key, by_id=_user_id(request), reason=request.POST.get("reason", "")
        )
        messages.success(request, _("It is hidden. The learner reads your reason."))
    except NoReason:
        messages.error(request, _("Not hidden: write down the reason, the learner reads it."))
    return redirect("iciinsmes:gallery", course_key)


def _assignment(request: HttpRequest, course_key: CourseKey) -> UsageKey | None:
    try:
        usage_key = UsageKey.from_string(request.GET.get("assignment", ""))
    except InvalidKeyError:
        return None
    return usage_key if usage_key.course_key == course_key else None


def _user_id(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)

"""What the learner's page of a self-check sends, the page of a result, and the staff's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_work, can_work_on
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, zones

from . import api
from .data import CheckData, TypedItem
from .errors import AlreadySent, TooManyOpen, UnknownCheck
from .page import render_part, too_many_open
from .result_page import result_context
from .staff_view import staff_context

View = Callable[..., HttpResponse]
_CHOICE, _PROOF, _WAS = "choice-", "proof-", "was-"


def _for_learner(view: View) -> View:
    """Give the view the learner's id; 404 for everybody else, so that keys cannot be probed."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
        user_id = request.user.pk
        if user_id is None or not can_work_on(user_id=user_id, usage_key=usage_key):
            raise Http404
        try:
            return view(request, user_id, usage_key)
        except UnknownCheck as error:
            raise Http404 from error

    return guarded


@_for_learner
@require_GET
def part(_request: HttpRequest, user_id: int, usage_key: UsageKey) -> HttpResponse:
    """Return the learner's page part as it stands."""
    return _now(user_id, usage_key)


@_for_learner
@require_POST
def draft(request: HttpRequest, user_id: int, usage_key: UsageKey) -> HttpResponse:
    """Keep what was changed on the page; 410 if the check was sent meanwhile."""
    try:
        kept = api.save_draft(user_id=user_id, usage_key=usage_key, **_sent(request))
    except AlreadySent:
        return JsonResponse({"message": _("This self-check is already sent. Reload the page to see it.")}, status=410)
    return JsonResponse({"message": _("Saved %(time)s") % {"time": zones.clock(kept.saved_at)}})


@_for_learner
@require_POST
def send(request: HttpRequest, user_id: int, usage_key: UsageKey) -> HttpResponse:
    """Send the check; answers with the learner's page part, 422 if too much is open. A second time shows the result."""
    try:
        api.send(user_id=user_id, usage_key=usage_key, **_sent(request))
    except AlreadySent:
        # The second half of a double tap, another device or the back button: it is sent, and that is what is shown.
        return _now(user_id, usage_key, is_sent=True)
    except TooManyOpen as error:
        return _now(user_id, usage_key, notice=too_many_open(error.left), status=422)
    return _now(user_id, usage_key, is_sent=True)


@_for_learner
@require_POST
def again(request: HttpRequest, user_id: int, usage_key: UsageKey) -> HttpResponse:
    """Begin a repeat, or with ``drop=1`` drop one that was begun."""
    if request.POST.get("drop") == "1":
        api.drop_repeat(user_id=user_id, usage_key=usage_key)
    else:
        api.begin_again(user_id=user_id, usage_key=usage_key)
    return _now(user_id, usage_key)


@never_cache
@login_required
@require_safe
def latest(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Lead a learner to the own last result of the course run."""
    user_id = request.user.pk
    found = None
    if user_id is not None and can_work(user_id=user_id, course_key=course_key):
        found = api.latest_id(owner_id=user_id, course_key=course_key)
    if found is None:
        raise Http404
    return redirect("iciinsmes:self-check-result", found)


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Show one of the reader's own results, made for paper too."""
    check = _own(request, check_id)
    context: dict[str, Any] = {
        **result_context(check),
        "course": host().course(check.course_key),
        "back": host().block_url(check.usage_key),
        "name": host().names([check.owner_id]).get(check.owner_id, ""),
        "others": api.sent_checks(owner_id=check.owner_id, course_key=check.course_key),
    }
    return render(request, "iciinsmes/self_check/result_page.html", context)


@never_cache
@login_required
@require_safe
def staff(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the staff of a run its firms, and a coach the own ones; without single answers."""
    user_id = request.user.pk or 0
    after = whole_number(request.GET.get("after"))
    page = api.staff_page(reader_id=user_id, course_key=course_key, after=after)
    if page is None:
        raise Http404
    context = {
        **staff_context(page),
        "course": host().course(course_key),
        "means": api.run_means(reader_id=user_id, course_key=course_key) if after is None else None,
        "is_first": after is None,
    }
    return render(request, "iciinsmes/self_check/staff.html", context)


@login_required
@require_safe
def model_file(_request: HttpRequest) -> HttpResponse:
    """Hand out the shipped model as a file to translate and adapt; there is nothing secret in it."""
    response = HttpResponse(api.write_model(api.shipped_model()), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="self-check.json"'
    return response


def _own(request: HttpRequest, check_id: UUID) -> CheckData:
    try:
        return api.own_check(check_id=check_id, owner_id=request.user.pk or 0)
    except UnknownCheck as error:
        raise Http404 from error


def _now(
    user_id: int, usage_key: UsageKey, *, notice: str = "", is_sent: bool = False, status: int = 200
) -> HttpResponse:
    standing = api.standing_of(user_id=user_id, usage_key=usage_key)
    return HttpResponse(render_part(standing, notice=notice, is_sent=is_sent), status=status)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Read what a page sends of a check; statements that it does not have are looked over by the api."""
    form = request.POST
    codes = {name.partition("-")[2] for name in form if name.startswith((_CHOICE, _PROOF))}
    typed = {
        code: TypedItem(choice=form.get(_CHOICE + code), proof=form.get(_PROOF + code), was=form.get(_WAS + code, ""))
        for code in codes
    }
    return {"number": whole_number(form.get("number")) or 0, "mark": form.get("mark", ""), "typed": typed}

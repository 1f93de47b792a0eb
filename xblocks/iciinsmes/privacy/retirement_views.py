"""A person's own data, and the coordinator's page of a person."""

from __future__ import annotations

from typing import IO, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .data import PersonKept
from .errors import NotConfirmed, PersonNotFound
from .page_access import coordinator_page, user_id_of


@never_cache
@login_required
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """Say what is kept where and how long, and how to get or erase it."""
    context = {
        "periods": api.periods(),
        "askable": api.askable(user_id=user_id_of(request)),
        "covers_host": api.covers_host(),
    }
    return render(request, "iciinsmes/privacy/own.html", context)


@never_cache
@login_required
@require_POST
def download(request: HttpRequest) -> FileResponse:
    """Send the person everything that is kept about the person."""
    user_id = user_id_of(request)
    return _zip(api.export(user_id=user_id, asked_by=user_id, language=translation.get_language()))


@never_cache
@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Tell the coordinators that the person wants the own data erased."""
    if api.ask_for_erasure(user_id=user_id_of(request)):
        messages.success(request, _("Your coordinators know now that you want your data erased."))
    else:
        messages.warning(request, _("There is no coordinator who could do it. Ask the administrator of this site."))
    return redirect("iciinsmes:privacy")


@coordinator_page
@require_safe
def people(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Find a person of the course run."""
    context: dict[str, Any] = {"course": host().course(course_key), "who": request.GET.get("who", "")[:254]}
    if "who" not in request.GET:
        return render(request, "iciinsmes/privacy/people.html", context)
    try:
        found = api.find_person(who=context["who"].replace("\x00", ""), course_key=course_key)
    except PersonNotFound as error:
        return render(request, "iciinsmes/privacy/people.html", context | {"wrong": error.message}, status=422)
    return redirect("iciinsmes:privacy-person", course_key, found)


@coordinator_page
@require_safe
def person(request: HttpRequest, course_key: CourseKey, user_id: int) -> HttpResponse:
    """Show what is kept about a person in the course run."""
    return _person(request, course_key, _kept(course_key, user_id))


@coordinator_page
@require_POST
def export(request: HttpRequest, course_key: CourseKey, user_id: int) -> FileResponse:
    """Send what is kept about a person in the course run, to be given to that person."""
    _kept(course_key, user_id)
    return _zip(api.export(user_id=user_id, asked_by=user_id_of(request), course_key=course_key))


@coordinator_page
@require_POST
def erase(request: HttpRequest, course_key: CourseKey, user_id: int) -> HttpResponse:
    """Erase what is kept about a person in the course run, after the user name was typed and a reason chosen."""
    kept = _kept(course_key, user_id)
    reason, typed = request.POST.get("reason", ""), request.POST.get("confirm", "")
    try:
        api.confirm(person=kept, typed=typed, reason=reason)
    except NotConfirmed as error:
        return _person(request, course_key, kept, wrong=error.message, reason=reason, typed=typed)
    api.erase(user_id=user_id, asked_by=user_id_of(request), reason=reason, course_key=course_key)
    messages.success(request, _("Everything kept about this person in this course is erased."))
    return redirect("iciinsmes:privacy-people", course_key)


def _kept(course_key: CourseKey, user_id: int) -> PersonKept:
    try:
        return api.person_kept(user_id=user_id, course_key=course_key)
    except PersonNotFound as error:
        raise Http404 from error


def _person(request: HttpRequest, course_key: CourseKey, kept: PersonKept, **sent: str) -> HttpResponse:
    """Show a person; ``sent`` is what was typed and could not be taken."""
    context = {
        "course": host().course(course_key),
        "person": kept,
        "reasons": api.REASONS.items(),
        "covers_host": api.covers_host(),
        **sent,
    }
    return render(request, "iciinsmes/privacy/person.html", context, status=422 if sent else 200)


def _zip(archive: IO[bytes]) -> FileResponse:
    name = f"ICIinSMEs-{timezone.localdate().isoformat()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")

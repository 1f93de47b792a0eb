"""A person's own data, the coordinator's page of a person, and the trail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import host
from iciinsmes.templating import render

from . import api
from .access import coordinator_page, report, user_id_of
from .data import PersonKept
from .errors import NotConfirmed, UnknownPerson
from .forms import Filters, read_filters, verb_choices
from .words import REASONS


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
    except UnknownPerson as error:
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


@coordinator_page
@require_http_methods(["GET", "HEAD"])
def trail(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show who saw and changed what in the course run, newest first."""
    filters = read_filters(request.GET, course_key)
    context = {
        "course": host().course(course_key),
        "filters": filters,
        "verbs": verb_choices(filters.verb),
        "table": None if filters.wrong else api.page(course_key=course_key, after=filters.after, **filters.found),
        "query": urlencode(filters.query),
        "is_first": filters.after is None,
    }
    return render(request, "iciinsmes/privacy/trail.html", context, status=422 if filters.wrong else 200)


@report
@require_safe
def trail_csv(request: HttpRequest, course_key: CourseKey) -> StreamingHttpResponse:
    """Send the trail, as it is narrowed on the page, as a file for a spreadsheet."""
    filters: Filters = read_filters(request.GET, course_key)
    if filters.wrong:
        raise Http404
    api.note_trail_export(course_key=course_key, actor_id=user_id_of(request), person_id=filters.found.get("person_id"))
    lines = _in_language(api.table(course_key=course_key, **filters.found), translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trail-{timezone.localdate().isoformat()}.csv"'
    return response


def _kept(course_key: CourseKey, user_id: int) -> PersonKept:
    try:
        return api.person_kept(user_id=user_id, course_key=course_key)
    except UnknownPerson as error:
        raise Http404 from error


def _person(request: HttpRequest, course_key: CourseKey, kept: PersonKept, **sent: str) -> HttpResponse:
    """Show a person; ``sent`` is what was typed and could not be taken."""
    context = {
        "course": host().course(course_key),
        "person": kept,
        "reasons": REASONS.items(),
        "covers_host": api.covers_host(),
        **sent,
    }
    return render(request, "iciinsmes/privacy/person.html", context, status=422 if sent else 200)


def _zip(archive: IO[bytes]) -> FileResponse:
    name = f"ICIinSMEs-{timezone.localdate().isoformat()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")


def _in_language(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """Yield lines that are made while they are sent, when the request's language is no longer active."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line

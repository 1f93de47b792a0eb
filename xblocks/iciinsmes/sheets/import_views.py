"""Grades from a sheet: sent, previewed, confirmed, undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .data import GradeImportData, ImportState, LineVerdict
from .errors import UnknownGradeImport, UnreadableSheet
from .page import index_context
from .permissions import grader_page, user_id_of

#: One byte more than is read tells that a file is too large.
_MOST_BYTES = 10 * 1024 * 1024 + 1


@grader_page
@require_POST
def begin(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Take a file; nothing but its lines is kept before they are confirmed."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise UnreadableSheet(_("Choose a file."))
        import_id = api.begin_import(
            owner_id=user_id_of(request),
            course_key=course_key,
            name=sent.name or "",
            content=sent.read(_MOST_BYTES),
        )
    except UnreadableSheet as error:
        narrowed = api.read_narrowed({}, course_key)
        context = {**index_context(course_key, narrowed, user_id_of(request)), "problem": str(error)}
        return render(request, "iciinsmes/sheets/index.html", context, status=422)
    return redirect("iciinsmes:sheets-import", course_key, import_id)


@grader_page
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, course_key: CourseKey, import_id: UUID) -> HttpResponse:
    """Show how far it is, then what would happen, then what has; a POST confirms, undoes or drops it."""
    place: dict[str, Any] = {"import_id": import_id, "owner_id": user_id_of(request), "course_key": course_key}
    try:
        if request.method == "POST":
            return _act(request, course_key, place)
        found = api.get_import(**place)
        context = {"course": host().course(course_key), "import": found}
        if found.state is ImportState.CHECKING:
            return render(request, "iciinsmes/sheets/import.html", context)
        verdict = _verdict(request.GET.get("show"), found)
        page = api.lines_of(**place, verdict=verdict, after=whole_number(request.GET.get("after")))
    except UnknownGradeImport as error:
        raise Http404 from error
    context |= {"page": page, "shown": verdict.value, "is_first": "after" not in request.GET}
    return render(request, "iciinsmes/sheets/import.html", context)


@grader_page
@require_safe
def progress(request: HttpRequest, course_key: CourseKey, import_id: UUID) -> HttpResponse:
    """Say how far a worker is, as a part of the page; when it is done the page is loaded anew."""
    try:
        found = api.get_import(import_id=import_id, owner_id=user_id_of(request), course_key=course_key)
    except UnknownGradeImport as error:
        raise Http404 from error
    context = {"course": host().course(course_key), "import": found}
    response = render(request, "iciinsmes/sheets/progress.html", context)
    if not found.is_at_work:
        response["HX-Refresh"] = "true"
    return response


def _act(request: HttpRequest, course_key: CourseKey, place: dict[str, Any]) -> HttpResponse:
    wanted = request.POST.get("do", "")
    if wanted == "drop":
        api.drop_import(**place)
        messages.success(request, _("The sheet is dropped. Nothing was imported."))
        return redirect("iciinsmes:sheets", course_key)
    if wanted == "undo":
        api.undo_import(**place)
    else:
        api.confirm_import(**place)
    return redirect("iciinsmes:sheets-import", course_key, place["import_id"])


def _verdict(asked: str | None, found: GradeImportData) -> LineVerdict:
    """Return which lines are shown: those that were asked for, or what should be looked at first."""
    if asked in set(LineVerdict):
        return LineVerdict(asked)
    return LineVerdict.REFUSED if found.refused and found.state is ImportState.CHECKED else LineVerdict.CHANGED

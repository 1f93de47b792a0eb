"""Archives of evidence: begun, watched, downloaded, dropped."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render

from . import api
from .errors import ArchiveTooLarge, UnknownArchive
from .page import archives_context
from .permissions import grader_page, user_id_of


@grader_page
@require_http_methods(["GET", "HEAD", "POST"])
def archives(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the list as a part of the page, with how far it is; a POST has an archive made."""
    user_id = user_id_of(request)
    if request.method != "POST":
        return render(request, "iciinsmes/sheets/archives.html", archives_context(course_key, user_id))
    narrowed = api.read_narrowed(request.POST.dict(), course_key)
    try:
        api.begin_archive(owner_id=user_id, course_key=course_key, narrowed=narrowed)
    except ArchiveTooLarge as error:
        messages.warning(request, str(error))
    return redirect("iciinsmes:sheets", course_key)


@grader_page
@require_safe
def part(request: HttpRequest, course_key: CourseKey, archive_id: UUID, number: int) -> FileResponse:
    """Send a zip."""
    try:
        opened, name = api.open_part(
            archive_id=archive_id, number=number, owner_id=user_id_of(request), course_key=course_key
        )
    except UnknownArchive as error:
        raise Http404 from error
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip", headers=headers)


@grader_page
@require_POST
def drop(request: HttpRequest, course_key: CourseKey, archive_id: UUID) -> HttpResponse:
    """Remove an archive, also one that is being made."""
    try:
        api.drop_archive(archive_id=archive_id, owner_id=user_id_of(request), course_key=course_key)
    except UnknownArchive as error:
        raise Http404 from error
    messages.success(request, _("The archive is removed."))
    return redirect("iciinsmes:sheets", course_key)

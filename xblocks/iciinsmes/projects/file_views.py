"""Files for entries, sent in pieces by the page's script; answers in JSON, as those of assignments do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.data import CHUNK_BYTES, UploadData
from iciinsmes.lib.templating import render_to_string
from iciinsmes.lib.untrusted import whole_number

from . import api
from .errors import HasEnded, NotAllowedInProject, UnknownProject
from .page_access import user_id_of

_STATUS: dict[type[evidence.EvidenceError], int] = {
    evidence.UnknownFile: 404,
    evidence.OffsetMismatch: 409,
    evidence.TooLarge: 413,
    evidence.ContentRefused: 415,
    evidence.NotNow: 503,
}
View = Callable[..., HttpResponse]


def answering_errors(view: View) -> Callable[..., HttpResponseBase]:
    """Let signed-in people through, and answer every refusal so that the page's script can show it."""

    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"message": _("You are signed out. Sign in again and reload this page.")}, status=401)
        try:
            return view(request, **values)
        except (UnknownProject, NotAllowedInProject):
            return JsonResponse({"message": _("This project takes nothing from you.")}, status=404)
        except HasEnded:
            return JsonResponse({"message": _("The project has ended.")}, status=410)
        except evidence.EvidenceError as error:
            answer: dict[str, object] = {"message": error.message}
            if isinstance(error, evidence.OffsetMismatch):
                answer["received"] = error.received
            return JsonResponse(answer, status=_STATUS.get(type(error), 422))

    return checked


@answering_errors
def begin(request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID) -> HttpResponse:
    """Announce a file (``name``, ``size``, ``sha256``); answers where its bytes go, from which one on."""
    upload = api.begin_file(
        project_id=project_id,
        user_id=user_id_of(request),
        course_key=course_key,
        entry_id=entry_id,
        name=request.POST.get("name", ""),
        size=whole_number(request.POST.get("size")) or 0,
        sha256=request.POST.get("sha256", ""),
    )
    place = (course_key, project_id, entry_id, upload.id)
    urls = {step: reverse(f"iciinsmes:project-file-{step}", args=place) for step in ("chunk", "finish", "cancel")}
    return JsonResponse({**_progress(upload), "urls": urls}, status=201)


@answering_errors
def chunk(
    request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Take the bytes in the request's body; ``?offset=`` says where in the file they belong."""
    upload = api.receive_piece(
        project_id=project_id,
        user_id=user_id_of(request),
        course_key=course_key,
        upload_id=upload_id,
        offset=whole_number(request.GET.get("offset")) or 0,
        content=request.read(CHUNK_BYTES + 1),
    )
    return JsonResponse(_progress(upload))


@answering_errors
def finish(
    request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Check what arrived; answers with the list of the entry's files as HTML."""
    file = api.finish_file(
        project_id=project_id, user_id=user_id_of(request), course_key=course_key, upload_id=upload_id
    )
    html = file_list(course_key, project_id, entry_id, user_id_of(request))
    return JsonResponse({"id": str(file.id), "name": file.name, "html": html})


@answering_errors
def cancel(
    request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID, upload_id: UUID
) -> HttpResponse:
    """Give up an upload."""
    api.cancel_file(project_id=project_id, user_id=user_id_of(request), upload_id=upload_id)
    return JsonResponse({})


@answering_errors
def remove(
    request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID, evidence_id: UUID
) -> HttpResponse:
    """Delete an own file; answers with the list of the entry's files, also when it was gone already."""
    problem = ""
    try:
        api.remove_file(
            project_id=project_id, user_id=user_id_of(request), course_key=course_key, evidence_id=evidence_id
        )
    except evidence.UnknownFile as error:
        problem = error.message
    html = file_list(course_key, project_id, entry_id, user_id_of(request), problem=problem)
    return HttpResponse(html, status=404 if problem else 200)


def file_list(course_key: CourseKey, project_id: UUID, entry_id: UUID | str, user_id: int, *, problem: str = "") -> str:
    """Return the files of an entry as HTML, with a way to remove the person's own."""
    files = api.files_of(project_id=project_id).get(str(entry_id), ())
    context = {
        "files": files,
        "course_key": course_key,
        "project_id": project_id,
        "entry_id": entry_id,
        "person": user_id,
        "problem": problem,
    }
    return render_to_string("iciinsmes/projects/files.html", context)


def _progress(upload: UploadData) -> dict[str, object]:
    return {"id": str(upload.id), "name": upload.name, "size": upload.size, "received": upload.received}

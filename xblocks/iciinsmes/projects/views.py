"""The page of a project with its parts, and the ways to it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.platform import host

from . import api
from .data import ProjectData, ProjectPart
from .errors import NotAllowedInProject, UnknownProject
from .page import page_context, render_part
from .page_access import project_page, user_id_of
from .talk_views import render_talks


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Lead a learner to the project of the own firm; where there is none in this course yet, a POST begins it."""
    open_one = api.open_project if request.method == "POST" else api.project_here
    try:
        found = open_one(user_id=user_id_of(request), course_key=course_key)
    except NotAllowedInProject as error:
        raise Http404 from error
    if found is None:
        return render(request, "iciinsmes/projects/begin.html", {"course": host().course(course_key)})
    return redirect("iciinsmes:project", course_key, found.id)


@project_page
@require_safe
def gate_request(request: HttpRequest, course_key: CourseKey, request_id: UUID) -> HttpResponse:
    """Lead who decides to the request on the project's page."""
    project_id = api.project_of_request(request_id=request_id, user_id=user_id_of(request), course_key=course_key)
    return redirect("iciinsmes:project-part", course_key, project_id, ProjectPart.GATES.value)


@project_page
@require_safe
def project(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show a project to its members, its coach and the staff of the run."""
    return _page(request, course_key, project_id, ProjectPart.WHOLE)


@project_page
@require_safe
def part(request: HttpRequest, course_key: CourseKey, project_id: UUID, name: str) -> HttpResponse:
    """Show one part of a project."""
    try:
        wanted = ProjectPart(name)
    except ValueError as error:
        raise UnknownProject from error
    return _page(request, course_key, project_id, wanted)


def _others(shown: api.Shown) -> tuple[ProjectData, ...]:
    """Return projects that came to the firm when it was merged with another."""
    if not shown.reader.member:
        return ()
    return api.other_projects(project_id=shown.project.id, user_id=shown.user_id, course_key=shown.course_key)


def _page(request: HttpRequest, course_key: CourseKey, project_id: UUID, wanted: ProjectPart) -> HttpResponse:
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    if not shown.reader.member:
        audit_log.record(
            course_key=course_key,
            verb="project_read",
            actor_id=shown.user_id,
            subject=f"project:{project_id}",
            detail={"title": shown.project.title},
        )
    context = {
        **page_context(shown, wanted),
        "content": render_part(wanted, shown, request),
        "removed": read_uuid(request.GET.get("removed")) if shown.can_change else "",
        "reader": shown.reader,
        # What was talked about is read where the firm writes what has happened; a project beside this one is rare.
        "talks": render_talks(project_id=project_id, course_key=course_key) if wanted is ProjectPart.DIARY else "",
        "others": _others(shown) if wanted is ProjectPart.GATES else (),
    }
    return render(request, "iciinsmes/projects/project.html", context)

"""A project out and in again, and two projects of a firm side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.platform import host, labels

from . import api
from .data import EntryData, Kind
from .errors import HasEnded, NotAllowedInProject, StillThere, UnknownProjectEntry
from .kinds import KINDS
from .labels import content_lines, head_of
from .page_access import project_page, user_id_of


@project_page
@require_safe
def exchange(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Offer the project as tables and as a file."""
    project, reader = api.read_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    files = api.bundle_files(project_id=project_id)
    context = {"course_key": course_key, "project": project, "reader": reader, "files": files}
    return render(request, "iciinsmes/projects/report/exchange.html", context)


@project_page
@require_safe
def tables(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> FileResponse:
    """Send the project as a bundle of tables and files."""
    name = _taken_out(request, course_key, project_id)
    content = api.write_bundle(project_id=project_id)
    return FileResponse(
        content, as_attachment=True, filename=f"{name}.zip", headers={"X-Content-Type-Options": "nosniff"}
    )


@project_page
@require_safe
def file(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Send the project as the file that another site takes."""
    name = _taken_out(request, course_key, project_id)
    text = json.dumps(api.project_as_json(project_id=project_id), ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"{name}.json")


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Take a file and make a project of the own firm from it."""
    user_id = user_id_of(request)
    if not api.can_begin(user_id=user_id, course_key=course_key):
        raise Http404
    problem: api.BadFile | None = None
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise api.BadFile(_("Choose a file."))
            content = sent.read(api.MOST_FILE_BYTES + 1)
            made = api.bring_in(user_id=user_id, course_key=course_key, content=content)
            audit_log.record(
                course_key=course_key, verb="project_brought_in", actor_id=user_id, subject=f"project:{made.id}"
            )
            messages.success(request, _("The project is here."))
            return redirect("iciinsmes:project", course_key, made.id)
        except api.BadFile as error:
            problem = error
    context = {"course": host().course(course_key), "course_key": course_key, "problem": problem}
    return render(request, "iciinsmes/projects/report/bring_in.html", context, status=422 if problem else 200)


@project_page
@require_safe
def together(request: HttpRequest, course_key: CourseKey, project_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two projects of the firm side by side."""
    found = _allowed(
        lambda: api.side_by_side(
            kept_id=project_id, other_id=other_id, user_id=user_id_of(request), course_key=course_key
        )
    )
    names = labels({each.author_id for each in (*found.entries, *found.others) if each.author_id}, course_key)
    context = {
        "course_key": course_key,
        "project": found.kept,
        "other": found.other,
        "kinds": [kind for kind in (_kind(each, found, names) for each in Kind) if kind["mine"] or kind["theirs"]],
        "moves": len(found.others) - len(found.waiting),
        "waits": len(found.waiting),
        "is_done": not found.others,
        "has_ended": found.kept.ended_on is not None or found.other.ended_on is not None,
    }
    return render(request, "iciinsmes/projects/report/together.html", context)


@project_page
@require_POST
def bring_together(request: HttpRequest, course_key: CourseKey, project_id: UUID, other_id: UUID) -> HttpResponse:
    """Take entries over, choose between two of which there can be one, or end the second project."""
    given: dict[str, Any] = {
        "kept_id": project_id,
        "other_id": other_id,
        "user_id": user_id_of(request),
        "course_key": course_key,
    }
    try:
        _allowed(lambda: _act(request, given))
    except UnknownProjectEntry:
        messages.error(request, _("There is no room for it, or it has been taken over already."))
    except StillThere:
        messages.error(request, _("Something still waits to be taken over."))
    except HasEnded:
        messages.error(request, _("The project has ended. Nothing in it changes any more."))
    return redirect("iciinsmes:project-together", course_key, project_id, other_id)


def _act(request: HttpRequest, given: dict[str, Any]) -> None:
    wanted = request.POST.get("do", "")
    if wanted == "end":
        api.end_other_project(**given)
        messages.success(request, _("The second project has ended."))
    elif wanted == "all":
        count = api.take_entries_over(**given)
        messages.success(request, _("%(count)d taken over.") % {"count": count})
    else:
        # What is nonsense names nothing; who may not ask is told so first.
        entry_id = read_uuid(request.POST.get("entry")) or UUID(int=0)
        if wanted == "choose":
            api.choose_entry(**given, entry_id=entry_id)
        else:
            api.take_entries_over(**given, entry_ids=[entry_id])


def _kind(kind: Kind, found: api.SideBySide, names: dict[int, str]) -> dict[str, Any]:
    mine = [each for each in found.entries if each.kind is kind]
    theirs = [each for each in found.others if each.kind is kind]
    return {
        "title": KINDS[kind].plural,
        "mine": [_side(each, names, can_choose=_has_rival(each, theirs)) for each in mine],
        "theirs": [
            {**_side(each, names, can_choose=_has_rival(each, mine)), "waits": each.id in found.waiting}
            for each in theirs
        ],
    }


def _has_rival(entry: EntryData, others: list[EntryData]) -> bool:
    if entry.kind is Kind.REPORT:
        return any(each.content["section"] == entry.content["section"] for each in others)
    return KINDS[entry.kind].most == 1 and bool(others)


def _side(entry: EntryData, names: dict[int, str], *, can_choose: bool) -> dict[str, Any]:
    return {
        "id": entry.id,
        "head": head_of(entry.kind, entry.content),
        "lines": content_lines(entry.kind, entry.content)[1:],
        "by": names.get(entry.author_id or 0, entry.author_label),
        "can_choose": can_choose,
    }


def _allowed(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except NotAllowedInProject as error:
        raise Http404 from error


def _taken_out(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> str:
    """Note that somebody takes the project out, and return what its file is called, without extension."""
    user_id = user_id_of(request)
    project, _reader = api.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    audit_log.record(course_key=course_key, verb="project_taken_out", actor_id=user_id, subject=f"project:{project_id}")
    return slugify(project.title, allow_unicode=True)[:80] or f"project-{project.number}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""The pages of the final report: all of it, one section to edit, figures that have changed, and the exam talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render, render_to_string
from iciinsmes.lib.untrusted import read_uuid, whole_number
from iciinsmes.platform import labels

from . import api
from .data import EntryData, Kind, ProjectData
from .errors import HasEnded, NotAllowedInProject, StaleEntry, TooManyEntries, WrongContent
from .fields import FieldKind
from .figures import without_tokens
from .kinds import KINDS
from .labels import content_lines, light_view
from .page_access import project_page, user_id_of
from .pdf import can_make_pdf, pdf_of
from .permissions import ProjectReader
from .report_page import around


@project_page
@require_safe
def report(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show the whole report, to read, to print and to edit from."""
    context = _context(request, course_key, project_id)
    return render(request, "iciinsmes/projects/report/report.html", {**context, "can_make_pdf": can_make_pdf()})


@project_page
@require_safe
def pdf(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Send the report as PDF; 404 where the site cannot make one."""
    context = {**_context(request, course_key, project_id), "is_pdf": True}
    if not can_make_pdf():
        raise Http404
    html = render_to_string("iciinsmes/projects/report/pdf.html", context, request)
    content = pdf_of(html, ("iciinsmes/iciinsmes.css", "iciinsmes/projects.css"))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="report-{context["project"].number}.pdf"'
    return response


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, course_key: CourseKey, project_id: UUID, name: str) -> HttpResponse:
    """Edit a section; who is slower than a colleague sees both texts and loses none."""
    user_id = user_id_of(request)
    project, reader = api.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    _must_be_member(reader)
    found = _section(project_id, name)
    if request.method != "POST":
        return _edit(request, course_key, project, found, {"text": found.text, "revision": found.revision})
    text = request.POST.get("text", "")
    try:
        api.save_section(
            project_id=project_id,
            user_id=user_id,
            course_key=course_key,
            section=name,
            text=text,
            revision=whole_number(request.POST.get("revision")) or 0,
        )
    except StaleEntry as error:
        theirs = error.entry
        shown = {"text": text, "revision": theirs.revision, "theirs": theirs, "by": _names([theirs], course_key)}
        return _edit(request, course_key, project, found, shown, status=409)
    except WrongContent as error:
        shown = {"text": text, "revision": found.revision, "error": error.errors.get("text", "")}
        return _edit(request, course_key, project, found, shown, status=422)
    except HasEnded:
        messages.error(request, _("The project has ended. Nothing in it changes any more."))
        shown = {"text": text, "revision": found.revision}
        return _edit(request, course_key, project, found, shown, status=409)
    messages.success(request, _("Saved."))
    return _to_section(course_key, project_id, name)


@project_page
@require_POST
def renew(request: HttpRequest, course_key: CourseKey, project_id: UUID, name: str) -> HttpResponse:
    """Write a section anew from the data; the old text stays among its versions."""
    given: dict[str, Any] = {
        "project_id": project_id,
        "user_id": user_id_of(request),
        "course_key": course_key,
        "section": name,
    }
    try:
        api.renew_section(**given, revision=whole_number(request.POST.get("revision")) or 0)
    except StaleEntry:
        messages.error(request, _("Somebody has changed this section meanwhile. Read it first."))
    except HasEnded:
        messages.error(request, _("The project has ended. Nothing in it changes any more."))
    except NotAllowedInProject as error:
        raise Http404 from error
    else:
        messages.success(request, _("Written anew. The old text is kept below."))
    return redirect("iciinsmes:project-report-section", course_key, project_id, name)


@project_page
@require_POST
def take_or_leave(request: HttpRequest, course_key: CourseKey, project_id: UUID, name: str) -> HttpResponse:
    """Take a changed figure over, or leave it as it is."""
    given: dict[str, Any] = {
        "project_id": project_id,
        "user_id": user_id_of(request),
        "course_key": course_key,
        "section": name,
    }
    key = request.POST.get("key", "")
    try:
        if request.POST.get("do") == "take":
            api.take_report_figure(**given, key=key, was=request.POST.get("was", ""))
        else:
            api.leave_report_figure(**given, key=key)
    except HasEnded:
        messages.error(request, _("The project has ended. Nothing in it changes any more."))
    except NotAllowedInProject as error:
        raise Http404 from error
    return _to_section(course_key, project_id, name)


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def exam(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show the protocols of exam talks; coach and staff write them."""
    user_id = user_id_of(request)
    project, reader = api.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    theirs: EntryData | None = None
    changed = read_uuid(request.POST.get("entry") or request.GET.get("entry"))
    revision = whole_number(request.POST.get("revision")) or 0
    if request.method == "POST":
        typed = {field.key: request.POST.get(field.key, "") for field in KINDS[Kind.EXAM].fields}
        try:
            api.write_exam(
                project_id=project_id,
                user_id=user_id,
                course_key=course_key,
                content=typed,
                entry_id=changed,
                revision=revision,
            )
            messages.success(request, _("Saved."))
            return redirect("iciinsmes:project-exam", course_key, project_id)
        except NotAllowedInProject as error:
            raise Http404 from error
        except StaleEntry as error:
            theirs, revision = error.entry, error.entry.revision
        except WrongContent as error:
            errors = dict(error.errors)
        except TooManyEntries:
            errors["on"] = _("There are as many protocols as there can be.")
    rows = api.entries_of(project_id=project_id, kinds=[Kind.EXAM])
    if changed is not None and request.method != "POST":
        row = next((each for each in rows if each.id == changed), None)
        typed, revision = (dict(row.content), row.revision) if row else ({}, 0)
    names = _names(rows, course_key)
    context = {
        "course_key": course_key,
        "project": project,
        "can_write": reader.coach or reader.staff,
        "talks": [(each, content_lines(each.kind, each.content), names.get(each.author_id or 0, "")) for each in rows],
        "fields": _fields(typed, errors),
        "errors": errors,
        "entry": changed,
        "revision": revision,
        "theirs": content_lines(Kind.EXAM, theirs.content) if theirs else (),
    }
    status = 409 if theirs else 422 if errors else 200
    return render(request, "iciinsmes/projects/report/exam.html", context, status=status)


def _context(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> dict[str, Any]:
    user_id = user_id_of(request)
    project, reader = api.read_project(project_id=project_id, user_id=user_id, course_key=course_key)
    record = api.record_of(project_id=project_id)
    names = _names([each for rows in record.entries.values() for each in rows], course_key)
    return {
        "course_key": course_key,
        "project": project,
        "company": record.company,
        "light": light_view(project.light),
        "can_edit": reader.member and project.ended_on is None,
        "sections": api.report_of(record),
        "around": around(record, names),
        "day": record.today,
    }


def _section(project_id: UUID, name: str) -> api.SectionData:
    sections = api.report_of(api.record_of(project_id=project_id))
    found = next((each for each in sections if each.key == name), None)
    if found is None:
        raise Http404
    return found


def _edit(
    request: HttpRequest,
    course_key: CourseKey,
    project: ProjectData,
    found: api.SectionData,
    shown: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    versions = api.versions_of(project_id=project.id, entry_id=found.entry.id) if found.entry else ()
    names = labels({each.changed_by for each in versions if each.changed_by}, course_key)
    earlier = [
        (
            each.changed_at,
            names.get(each.changed_by or 0, each.changed_label),
            without_tokens(each.content.get("text", "")),
        )
        for each in reversed(versions[:-1])
    ]
    context = {"course_key": course_key, "project": project, "section": found, "earlier": earlier, **shown}
    return render(request, "iciinsmes/projects/report/section.html", context, status=status)


def _to_section(course_key: CourseKey, project_id: UUID, name: str) -> HttpResponse:
    return redirect(f"{reverse('iciinsmes:project-report', args=[course_key, project_id])}#{name}")


def _must_be_member(reader: ProjectReader) -> None:
    if not reader.member:
        raise Http404


def _names(entries: Any, course_key: CourseKey) -> dict[int, str]:
    people = {each for entry in entries for each in (entry.author_id, entry.changed_by) if each}
    return labels(people, course_key)


def _fields(typed: dict[str, Any], errors: dict[str, str]) -> list[dict[str, Any]]:
    """Return the fields of an exam talk for the template."""
    return [
        {
            "key": field.key,
            "label": field.label,
            "help": field.help,
            "kind": field.kind.value,
            "required": field.required,
            "is_long": field.kind is FieldKind.TEXT,
            "value": typed.get(field.key, ""),
            "choices": [(key, words, typed.get(field.key) == key) for key, words in field.choices],
            "error": errors.get(field.key, ""),
        }
        for field in KINDS[Kind.EXAM].fields
    ]

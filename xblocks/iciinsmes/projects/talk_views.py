"""The page of a coach about one project: talks, agreements, and a light of one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.templating import render, render_to_string
from iciinsmes.platform import host, labels

from . import api
from .data import Light, ProjectData, TalkData
from .errors import HasEnded, StaleTalk, TooManyEntries, WrongContent
from .labels import gate_name, problem_words
from .page_access import coach_page, user_id_of
from .staff_forms import OverrideForm, TalkForm
from .staff_page import agreed_line, light_of


@coach_page
@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show what a coach has talked about with the firm; a POST writes down another talk."""
    project = _accompanied(request, course_key, project_id)
    if request.method != "POST":
        return _page(request, course_key, project)
    return _save(request, course_key, project, talk=None)


@coach_page
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, course_key: CourseKey, project_id: UUID, talk_id: UUID) -> HttpResponse:
    """Show a talk to change it, to the coach who wrote it."""
    project = _accompanied(request, course_key, project_id)
    found = next((each for each in _talks(request, project_id) if each.id == talk_id), None)
    if found is None or found.coach_id != user_id_of(request):
        raise Http404
    if request.method != "POST":
        return _page(request, course_key, project, talk=found)
    return _save(request, course_key, project, talk=found)


@coach_page
@require_POST
def measure(request: HttpRequest, course_key: CourseKey, project_id: UUID, talk_id: UUID) -> HttpResponse:
    """Make a measure of an agreement."""
    _accompanied(request, course_key, project_id)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise Http404
    try:
        api.make_measure(talk_id=talk_id, user_id=user_id_of(request), course_key=course_key, number=int(number))
    except (HasEnded, TooManyEntries, WrongContent):
        messages.error(request, _("No measure was made: the project has ended, or has too many of them."))
    else:
        messages.success(request, _("The agreement is a measure now. The firm says who does it, and by when."))
    if request.POST.get("from") == "board":
        return redirect("iciinsmes:projects-coached-run", course_key)
    return redirect("iciinsmes:project-talks", course_key, project_id)


@coach_page
@require_POST
def light(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Set a light of one's own, with a reason and a last day."""
    project = _accompanied(request, course_key, project_id)
    form = OverrideForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            api.override_light(
                project_id=project_id,
                user_id=user_id_of(request),
                course_key=course_key,
                light=Light(values["light"]),
                reason=values["reason"],
                until=values["until"],
            )
        except WrongContent as error:
            for name, problem in error.errors.items():
                form.add_error(name, problem_words(problem))
        else:
            messages.success(request, _("The light is set. Everybody who reads the project sees the reason."))
            return redirect("iciinsmes:project-talks", course_key, project_id)
    return _page(request, course_key, project, light_form=form, status=422)


@coach_page
@require_POST
def end_light(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Let the rules say again how the project stands."""
    api.end_override(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    messages.success(request, _("The rules say again how the project stands."))
    return redirect("iciinsmes:project-talks", course_key, project_id)


def render_talks(*, project_id: UUID, course_key: CourseKey) -> SafeString:
    """Return the talks with the coach as a part of a page that the firm reads, without anybody's notes."""
    found = api.talks_of(project_id=project_id)
    context = {**_talk_list(found, project_id, course_key), "has_heading": True}
    return render_to_string("iciinsmes/projects/staff/talks.html", context)


def _save(request: HttpRequest, course_key: CourseKey, project: ProjectData, talk: TalkData | None) -> HttpResponse:
    form, other = TalkForm(request.POST, talk=talk), None
    status = 422
    if form.is_valid():
        values = form.cleaned_data
        try:
            api.log_talk(
                project_id=project.id,
                user_id=user_id_of(request),
                course_key=course_key,
                held_on=values["held_on"],
                about=values["about"],
                notes=values["notes"],
                agreements=form.lines,
                next_on=values["next_on"],
                talk_id=talk.id if talk else None,
                revision=values["revision"] or 0,
            )
        except WrongContent as error:
            for name, problem in error.errors.items():
                form.add_error(name, problem_words(problem))
        except StaleTalk as stale:
            other, status = stale.talk, 409
        else:
            messages.success(request, _("The talk is written down."))
            return redirect("iciinsmes:project-talks", course_key, project.id)
    return _page(request, course_key, project, talk=talk, talk_form=form, other=other, status=status)


def _accompanied(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> ProjectData:
    """Return the project for its coach or the staff of the run; 404 for everybody else, its own firm too."""
    project, reader = api.read_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    if not (reader.coach or reader.staff):
        raise Http404
    return project


def _talks(request: HttpRequest, project_id: UUID) -> tuple[TalkData, ...]:
    return api.talks_of(project_id=project_id, reader_id=user_id_of(request))


def _page(
    request: HttpRequest,
    course_key: CourseKey,
    project: ProjectData,
    *,
    talk: TalkData | None = None,
    talk_form: TalkForm | None = None,
    light_form: OverrideForm | None = None,
    other: TalkData | None = None,
    status: int = 200,
) -> HttpResponse:
    company = companies.companies_by_id(company_ids=[project.company_id]).get(project.company_id)
    override = api.override_of(project_id=project.id)
    setter = override.set_by if override else None
    context: dict[str, Any] = {
        "course": host().course(course_key),
        "project": project,
        "company": company,
        "light": light_of(project.light, project.ended_on, stopped=False),
        "gate": gate_name(project.gate),
        "override": override,
        "set_by": labels([setter], course_key).get(setter, "") if setter else "",
        "talk": talk,
        "form": talk_form or TalkForm(talk=talk),
        "other": other,
        "other_lines": "\n".join(each.text for each in other.agreements) if other else "",
        "light_form": light_form or OverrideForm(),
        "may_change": project.ended_on is None,
        "reader_id": user_id_of(request),
        **_talk_list(_talks(request, project.id), project.id, course_key),
    }
    return render(request, "iciinsmes/projects/staff/talk_log.html", context, status=status)


def _talk_list(found: tuple[TalkData, ...], project_id: UUID, course_key: CourseKey) -> dict[str, Any]:
    measures = api.measures_of(project_id)
    names = labels({each.coach_id for each in found if each.coach_id is not None}, course_key)
    return {
        "talks": [
            {
                "talk": each,
                "coach": _("%(name)s, brought in") % {"name": each.coach_label}
                if each.coach_label
                else names.get(each.coach_id or 0, ""),
                "agreed": [agreed_line(agreed) for agreed in api.agreed_of(each, measures)],
            }
            for each in found
        ],
        "project_id": project_id,
        "course_key": course_key,
    }

"""Pauses of a project: declared, changed, ended early and taken back; and evidence taken over from the course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid

from . import api
from .data import Kind, ProjectPart
from .errors import (
    HasEnded,
    NotAllowedInProject,
    TooManyEntries,
    UnknownProject,
    UnknownProjectEntry,
    WrongContent,
    WrongPause,
)
from .labels import problem_words
from .page import page_context, render_part
from .page_access import project_page, user_id_of


@project_page
@require_POST
def declare(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Declare a pause."""
    if not api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key).can_change:
        raise UnknownProject

    def action() -> str:
        first, last = _days(request)
        api.declare_pause(
            project_id=project_id,
            user_id=user_id_of(request),
            course_key=course_key,
            first=first,
            last=last,
            reason=request.POST.get("reason", ""),
        )
        return _("The pause is declared.")

    return _done(request, course_key, project_id, action)


@project_page
@require_POST
def change(request: HttpRequest, course_key: CourseKey, project_id: UUID, pause_id: int) -> HttpResponse:
    """Change a pause, end one that runs (``do`` is end), or take back one to come (``do`` is remove)."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    pause = next((each for each in api.pauses_of(project_id=project_id) if each.id == pause_id), None)
    if pause is None or not shown.can_change:
        raise UnknownProjectEntry
    who: dict[str, Any] = {"project_id": project_id, "user_id": shown.user_id, "course_key": course_key}

    def action() -> str:
        if request.POST.get("do") == "remove":
            api.take_back_pause(**who, pause_id=pause_id)
            return _("The pause is taken back.")
        if request.POST.get("do") == "end":
            # Today is a day of work again, unless the pause began today: then it was one day.
            last = max(pause.first_on, shown.today - timedelta(days=1))
            api.change_pause(**who, pause_id=pause_id, first=pause.first_on, last=last, reason=pause.reason)
            return _("The pause has ended. Welcome back.")
        first, last = _days(request)
        api.change_pause(**who, pause_id=pause_id, first=first, last=last, reason=request.POST.get("reason", ""))
        return _("The pause is changed.")

    return _done(request, course_key, project_id, action)


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Take an own result or passed round over as evidence; with ``figure`` and ``kpi``, a number of it as a value."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    if not shown.can_change:
        raise UnknownProject
    key = request.POST.get("key") or request.GET.get("key", "")
    who: dict[str, Any] = {"project_id": project_id, "user_id": shown.user_id, "course_key": course_key}
    if request.method != "POST":
        figures = api.figures_of(user_id=shown.user_id, course_key=course_key, key=key)
        context = {
            "shown": shown,
            "project": shown.project,
            "course_key": course_key,
            "key": key,
            "figures": figures,
            "kpis": [(str(each.id), each.content["name"]) for each in shown.entries[Kind.KPI]],
        }
        return render(request, "iciinsmes/projects/take.html", context)
    try:
        if "figure" in request.POST:
            kpi = _kpi(request.POST.get("kpi"))
            api.take_figure(**who, key=key, figure=request.POST["figure"], kpi=kpi)
            messages.success(request, _("The value is taken over."))
            return redirect("iciinsmes:project-part", course_key, project_id, ProjectPart.KPIS.value)
        api.take_over(**who, key=key)
    except (WrongContent, TooManyEntries) as error:
        messages.error(request, _("This cannot be taken over: %(why)s") % {"why": _reasons(error)})
    else:
        messages.success(request, _("Taken over as evidence."))
    return redirect("iciinsmes:project-part", course_key, project_id, ProjectPart.CUSTOMERS.value)


def _done(request: HttpRequest, course_key: CourseKey, project_id: UUID, action: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the plan; 422 with what was typed where it cannot be."""
    try:
        messages.success(request, action())
    except WrongPause as error:
        shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
        typed = {name: request.POST.get(name, "") for name in ("first", "last", "reason")}
        context = {
            **page_context(shown, ProjectPart.PLAN),
            "content": render_part(
                ProjectPart.PLAN, shown, request, typed_pause=typed, pause_problem=problem_words(error.problem)
            ),
        }
        return render(request, "iciinsmes/projects/project.html", context, status=422)
    except (NotAllowedInProject, HasEnded) as error:
        raise UnknownProject from error
    return redirect("iciinsmes:project-part", course_key, project_id, ProjectPart.PLAN.value)


def _days(request: HttpRequest) -> tuple[date, date]:
    try:
        return date.fromisoformat(request.POST.get("first", "")), date.fromisoformat(request.POST.get("last", ""))
    except ValueError as error:
        raise WrongPause("pause_no_days") from error


def _kpi(text: str | None) -> UUID:
    if (kpi := read_uuid(text)) is None:
        raise UnknownProjectEntry
    return kpi


def _reasons(error: Exception) -> str:
    return " ".join(error.errors.values()) if isinstance(error, WrongContent) else _("there is no room")

"""Answering alarms, closing them, making measures of them, and beginning new limits."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .errors import NeedsWords, NotAllowedHere, StaleAlarm, WrongFigures
from .indicators import INDICATORS
from .page import alarm_view, tools_of
from .page_access import firm_view, user_id_of
from .views import indicator_page_context


@firm_view
@require_http_methods(["GET", "HEAD", "POST"])
def alarm(request: HttpRequest, course_key: CourseKey, company_id: int, alarm_id: UUID) -> HttpResponse:
    """Show an alarm with its answer; a POST answers it, closes it, or makes it a measure of the project."""
    user_id = user_id_of(request)
    reader = api.reader_of(company_id=company_id, user_id=user_id, course_key=course_key)
    found = api.alarm_here(company_id=company_id, alarm_id=alarm_id)
    error, status = "", 200
    if request.method == "POST":
        if not reader.member:
            raise NotAllowedHere
        try:
            return _done(request, course_key, company_id, alarm_id)
        except NeedsWords as missing:
            error, status = missing_words(missing.field), 422
        except StaleAlarm:
            error, status = _("Somebody has written about this alarm meanwhile. Your words are still here."), 409
            found = api.alarm_here(company_id=company_id, alarm_id=alarm_id)
    names = host().names({each for each in (found.answered_by, found.closed_by) if each is not None})
    posted = request.POST if request.method == "POST" else None
    context = {
        "company": reader.company,
        "company_id": company_id,
        "course_key": course_key,
        "view": alarm_view(found, course_key, company_id),
        "alarm": found,
        "tools": [
            *tools_of(INDICATORS[found.indicator]),
            (_("Who helps"), reverse("iciinsmes:support", args=[course_key])),
        ],
        "can_change": reader.member,
        "answered_by": names.get(found.answered_by or 0, ""),
        "closed_by": names.get(found.closed_by or 0, ""),
        "error": error,
        "cause": posted.get("cause", found.cause) if posted is not None else found.cause,
        "action": posted.get("action", found.action) if posted is not None else found.action,
        "due": posted.get("due", "") if posted is not None else (found.due.isoformat() if found.due else ""),
        "note": posted.get("note", "") if posted is not None else found.note,
    }
    return render(request, "iciinsmes/early_warning/alarm.html", context, status=status)


@firm_view
@require_POST
def limits(request: HttpRequest, course_key: CourseKey, company_id: int, key: str) -> HttpResponse:
    """Begin new limits for an indicator; 422 with the page where something is missing."""
    user_id = user_id_of(request)
    page = api.indicator_page(company_id=company_id, user_id=user_id, course_key=course_key, key=key)
    if page is None or not page.reader.member:
        raise NotAllowedHere
    reason = request.POST.get("reason", "")
    try:
        api.begin_baseline(
            company_id=company_id,
            user_id=user_id,
            course_key=course_key,
            indicator=key,
            first_month=whole_number(request.POST.get("first_month")) or 0,
            reason=reason,
        )
    except NeedsWords:
        error = _("Say why the old limits no longer fit.")
    except WrongFigures as wrong:
        error = next(iter(wrong.problems.values()))
    else:
        messages.success(request, _("New limits begin. The old ones and all alarms stay as they are."))
        return redirect("iciinsmes:early-indicator", course_key, company_id, key)
    context = {**indicator_page_context(page, course_key), "error": error, "reason": reason}
    return render(request, "iciinsmes/early_warning/indicator.html", context, status=422)


def missing_words(field: str) -> str:
    """Return which sentence is missing."""
    match field:
        case "cause":
            return _("What is the cause? One sentence is enough; “not found yet” is one.")
        case "action":
            return _("What will you do about it?")
        case "due":
            return _("By when?")
        case _other:
            return _("Write in a note what has come of it.")


def _done(request: HttpRequest, course_key: CourseKey, company_id: int, alarm_id: UUID) -> HttpResponse:
    post, user_id = request.POST, user_id_of(request)
    revision = whole_number(post.get("revision")) or 0
    match post.get("do"):
        case "close":
            api.close_alarm(
                company_id=company_id,
                alarm_id=alarm_id,
                user_id=user_id,
                course_key=course_key,
                revision=revision,
                note=post.get("note", ""),
            )
            messages.success(request, _("Closed."))
        case "measure":
            found = api.alarm_here(company_id=company_id, alarm_id=alarm_id)
            title = alarm_view(found, course_key, company_id)["title"]
            project_id = api.make_measure(
                company_id=company_id, alarm_id=alarm_id, user_id=user_id, course_key=course_key, title=title
            )
            messages.success(request, _("It is a measure of your project now."))
            return redirect("iciinsmes:project-part", course_key, project_id, "plan")
        case _answer:
            api.answer_alarm(
                company_id=company_id,
                alarm_id=alarm_id,
                user_id=user_id,
                course_key=course_key,
                revision=revision,
                cause=post.get("cause", ""),
                action=post.get("action", ""),
                due=_day(post.get("due", "")),
                for_all=bool(post.get("for_all")),
            )
            messages.success(request, _("Saved."))
    return redirect("iciinsmes:early-warning-firm", course_key, company_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

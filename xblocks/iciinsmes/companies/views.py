"""A learner's own firm: register it, join it, see it, leave it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import host
from iciinsmes.templating import render

from . import api
from .access import learner_page, user_id_of
from .countries import country_name
from .data import CompanyForm
from .errors import CompaniesError, InvalidCompany
from .forms import form_part, from_post, size_name


@learner_page
@require_safe
def company(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the person's firm; without one, the two ways to get one."""
    user_id = user_id_of(request)
    firm = api.firm_of(user_id=user_id, course_key=course_key)
    context: dict[str, Any] = {"course": host().course(course_key), "firm": firm}
    if firm is None:
        return render(request, "iciinsmes/companies/start.html", context)
    context |= {"country": country_name(firm.company.country), "size": size_name(firm.company.size_class)}
    api.note_shown(company_id=firm.company.id, course_key=course_key, actor_id=user_id, code=firm.code)
    if firm.code:
        link = reverse("iciinsmes:company-join", args=[course_key]) + "?" + urlencode({"code": firm.code.code})
        context["link"] = request.build_absolute_uri(link)
    return render(request, "iciinsmes/companies/firm.html", context)


@learner_page
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Register a firm and become its first member."""
    user_id = user_id_of(request)
    context: dict[str, Any] = {
        "course": host().course(course_key),
        "current": api.company_of(user_id=user_id, course_key=course_key),
        "form": form_part(CompanyForm()),
    }
    if request.method != "POST":
        return render(request, "iciinsmes/companies/register.html", context)
    values = from_post(request.POST)
    try:
        firm = api.register_company(user_id=user_id, course_key=course_key, form=values)
    except InvalidCompany as error:
        context["form"] = form_part(values, error.errors)
        return render(request, "iciinsmes/companies/register.html", context, status=422)
    except CompaniesError as error:
        context |= {"form": form_part(values), "error": error.message}
        return render(request, "iciinsmes/companies/register.html", context, status=422)
    messages.success(request, _("%(name)s is registered. You are its first member.") % {"name": firm.name})
    return redirect("iciinsmes:company", course_key)


@learner_page
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Ask for a code; with one, name the firm and ask whether to join; a POST joins.

    Opening a link changes nothing: programs that look at links beforehand must not make anybody a member.
    """
    user_id = user_id_of(request)
    code = (request.POST if request.method == "POST" else request.GET).get("code", "").strip()
    context: dict[str, Any] = {"course": host().course(course_key), "code": code}
    if not code:
        context["error"] = _("Write the code.") if request.method == "POST" else ""
        return render(request, "iciinsmes/companies/join.html", context, status=422 if context["error"] else 200)
    try:
        if request.method == "POST":
            firm = api.join_with_code(user_id=user_id, course_key=course_key, code=code)
            messages.success(request, _("You belong to %(name)s now.") % {"name": firm.name})
            return redirect("iciinsmes:company", course_key)
        firm = api.company_by_code(user_id=user_id, course_key=course_key, code=code)
    except CompaniesError as error:
        context["error"] = error.message
        return render(request, "iciinsmes/companies/join.html", context, status=422)
    current = api.company_of(user_id=user_id, course_key=course_key)
    if current is not None and current.id == firm.id:
        messages.info(request, _("You belong to %(name)s already.") % {"name": firm.name})
        return redirect("iciinsmes:company", course_key)
    context |= {"name": firm.name, "current": current}
    return render(request, "iciinsmes/companies/join_confirm.html", context)


@learner_page
@require_POST
def code(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Make a new join code for the person's firm."""
    if api.new_code_of_own(user_id=user_id_of(request), course_key=course_key):
        messages.success(request, _("Here is the new code. Earlier codes and links no longer work."))
    return redirect("iciinsmes:company", course_key)


@learner_page
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Say what leaving means; a POST leaves."""
    user_id = user_id_of(request)
    if request.method == "POST":
        left = api.leave_company(user_id=user_id, course_key=course_key)
        if left is not None:
            messages.success(request, _("You have left %(name)s. Your work is kept.") % {"name": left.name})
        return redirect("iciinsmes:company", course_key)
    current = api.company_of(user_id=user_id, course_key=course_key)
    if current is None:
        return redirect("iciinsmes:company", course_key)
    return render(request, "iciinsmes/companies/leave.html", {"course": host().course(course_key), "current": current})

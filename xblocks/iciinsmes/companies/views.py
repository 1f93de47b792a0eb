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

from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .countries import country_name
from .errors import CompaniesError
from .forms import CompanyFields, size_name
from .page_access import learner_page, user_id_of


@learner_page
@require_safe
def company(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the person's firm; without one, the two ways to get one."""
    user_id = user_id_of(request)
    found = api.membership_of(user_id=user_id, course_key=course_key)
    context: dict[str, Any] = {"course": host().course(course_key), "membership": found}
    if found is None:
        return render(request, "iciinsmes/companies/start.html", context)
    context |= {"country": country_name(found.company.country), "size": size_name(found.company.size_class)}
    api.note_shown(company_id=found.company.id, course_key=course_key, actor_id=user_id, code=found.code)
    if found.code:
        link = reverse("iciinsmes:company-join", args=[course_key]) + "?" + urlencode({"code": found.code.code})
        context["link"] = request.build_absolute_uri(link)
    return render(request, "iciinsmes/companies/company.html", context)


@learner_page
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Register a firm and become its first member."""
    user_id = user_id_of(request)
    form = CompanyFields(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "course": host().course(course_key),
        "current": api.company_of(user_id=user_id, course_key=course_key),
        "form": form,
    }
    if request.method != "POST":
        return render(request, "iciinsmes/companies/register.html", context)
    if not form.is_valid():
        return render(request, "iciinsmes/companies/register.html", context, status=422)
    try:
        found = api.register_company(user_id=user_id, course_key=course_key, form=form.typed())
    except CompaniesError as error:
        return render(request, "iciinsmes/companies/register.html", context | {"error": error.message}, status=422)
    messages.success(request, _("%(name)s is registered. You are its first member.") % {"name": found.name})
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
            found = api.join_with_code(user_id=user_id, course_key=course_key, code=code)
            messages.success(request, _("You belong to %(name)s now.") % {"name": found.name})
            return redirect("iciinsmes:company", course_key)
        found = api.company_by_code(user_id=user_id, course_key=course_key, code=code)
    except CompaniesError as error:
        context["error"] = error.message
        return render(request, "iciinsmes/companies/join.html", context, status=422)
    current = api.company_of(user_id=user_id, course_key=course_key)
    if current is not None and current.id == found.id:
        messages.info(request, _("You belong to %(name)s already.") % {"name": found.name})
        return redirect("iciinsmes:company", course_key)
    context |= {"name": found.name, "current": current}
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

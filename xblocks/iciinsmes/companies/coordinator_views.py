"""The coordinator's pages of firms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .countries import country_name
from .data import CompanyDetail
from .errors import SameCompany, UnknownCompany, UnknownPerson
from .forms import CompanyFields, size_name
from .page_access import coordinator_page, user_id_of

#: Candidates shown for a merge; who does not see the right one writes more of the name.
CANDIDATES = 20


@coordinator_page
@require_safe
def company_list(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """List the firms of the course run."""
    search = _search(request)
    page = api.company_page(course_key=course_key, search=search, after=whole_number(request.GET.get("after")))
    context = {
        "course": host().course(course_key),
        "search": search,
        "rows": [(row, country_name(row.company.country), size_name(row.company.size_class)) for row in page.rows],
        "next_after": page.next_after,
        "is_first": "after" not in request.GET,
    }
    return render(request, "iciinsmes/companies/company_list.html", context)


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Show a firm with its people, coaches and code; a POST changes its data."""
    detail = _detail(course_key, company_id)
    api.note_shown(company_id=company_id, course_key=course_key, actor_id=user_id_of(request), code=detail.code)
    if request.method != "POST":
        return _page(request, course_key, detail)
    form = CompanyFields(request.POST)
    if not form.is_valid():
        return _page(request, course_key, detail, form=form)
    api.edit_company(company_id=company_id, course_key=course_key, form=form.typed(), actor_id=user_id_of(request))
    messages.success(request, _("The firm is saved."))
    return redirect("iciinsmes:firm", course_key, company_id)


@coordinator_page
@require_POST
def code(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Make a new join code, to be given to somebody of the firm."""
    _detail(course_key, company_id)
    api.new_code(company_id=company_id, course_key=course_key, actor_id=user_id_of(request))
    messages.success(request, _("Here is the new code. Earlier codes and links no longer work."))
    return redirect("iciinsmes:firm", course_key, company_id)


@coordinator_page
@require_POST
def add_coach(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Let somebody with an account coach the firm."""
    detail = _detail(course_key, company_id)
    who = request.POST.get("who", "")
    try:
        coach = api.assign_coach(company_id=company_id, course_key=course_key, who=who, actor_id=user_id_of(request))
    except UnknownPerson as error:
        return _page(request, course_key, detail, who=who, wrong=error.message)
    names = {"name": coach.name, "firm": detail.company.name}
    messages.success(request, _("%(name)s coaches %(firm)s now.") % names)
    return redirect("iciinsmes:firm", course_key, company_id)


@coordinator_page
@require_POST
def remove_coach(request: HttpRequest, course_key: CourseKey, company_id: int, user_id: int) -> HttpResponse:
    """End that somebody coaches the firm."""
    _detail(course_key, company_id)
    api.remove_coach(company_id=company_id, course_key=course_key, user_id=user_id, actor_id=user_id_of(request))
    messages.success(request, _("The coach no longer sees this firm."))
    return redirect("iciinsmes:firm", course_key, company_id)


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Choose the firm to keep, show what moves; a POST merges."""
    detail = _detail(course_key, company_id)
    context: dict[str, Any] = {"course": host().course(course_key), "company": detail.company}
    kept_id = whole_number((request.POST if request.method == "POST" else request.GET).get("into"))
    if kept_id is None:
        return render(request, "iciinsmes/companies/merge.html", context | _candidates(request, course_key, detail))
    try:
        if request.method == "POST":
            kept = api.merge(gone_id=company_id, kept_id=kept_id, course_key=course_key, actor_id=user_id_of(request))
            names = {"gone": detail.company.name, "kept": kept.name}
            messages.success(request, _("%(gone)s is now part of %(kept)s.") % names)
            return redirect("iciinsmes:firm", course_key, kept.id)
        preview = api.merge_preview(gone_id=company_id, kept_id=kept_id, course_key=course_key)
    except UnknownCompany as error:
        raise Http404 from error
    except SameCompany as error:
        context |= {"error": error.message} | _candidates(request, course_key, detail)
        return render(request, "iciinsmes/companies/merge.html", context, status=422)
    rows = [
        (company, country_name(company.country), size_name(company.size_class))
        for company in (preview.gone, preview.kept, preview.filled)
    ]
    return render(request, "iciinsmes/companies/merge_preview.html", context | {"preview": preview, "columns": rows})


def _page(request: HttpRequest, course_key: CourseKey, detail: CompanyDetail, **more: Any) -> HttpResponse:
    """Show the firm; ``more`` is what was sent and could not be taken."""
    context = {
        "course": host().course(course_key),
        "detail": detail,
        "country": country_name(detail.company.country),
        "size": size_name(detail.company.size_class),
        "form": CompanyFields(company=detail.company),
        **more,
    }
    return render(request, "iciinsmes/companies/company_detail.html", context, status=422 if more else 200)


def _candidates(request: HttpRequest, course_key: CourseKey, detail: CompanyDetail) -> dict[str, Any]:
    """Return firms to merge with; at first those whose name has the firm's longest word."""
    search = _search(request) if "q" in request.GET else max(detail.company.name.split(), key=len)
    page = api.company_page(course_key=course_key, search=search, limit=CANDIDATES + 1)
    rows = [row for row in page.rows if row.company.id != detail.company.id]
    return {
        "search": search,
        "rows": [(row, country_name(row.company.country)) for row in rows[:CANDIDATES]],
        "has_more": page.next_after is not None,
    }


def _detail(course_key: CourseKey, company_id: int) -> CompanyDetail:
    try:
        return api.company_detail(company_id=company_id, course_key=course_key)
    except UnknownCompany as error:
        raise Http404 from error


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]

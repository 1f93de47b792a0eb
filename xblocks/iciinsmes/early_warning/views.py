"""Pages of early warning: the firm, one indicator, and what the firm decides about them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.decimals import retyped
from iciinsmes.lib.templating import render
from iciinsmes.lib.typed_numbers import read_number
from iciinsmes.platform import host

from . import api
from .errors import NotAllowedHere, WrongFigures
from .indicators import INDICATORS
from .labels import THRESHOLDS, title_of
from .page import firm_context, indicator_context
from .page_access import firm_view, user_id_of


@firm_view
@require_safe
def own(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Lead a learner to the page of the own firm."""
    reader = api.own_company(user_id=user_id_of(request), course_key=course_key)
    return redirect("iciinsmes:early-warning-firm", course_key, reader.company_id)


@firm_view
@require_safe
def firm(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Show a firm's indicators and alarms to its members, its coach and the staff of the run."""
    page = api.firm_page(company_id=company_id, user_id=user_id_of(request), course_key=course_key)
    _record(request, course_key, page.reader)
    return render(request, "iciinsmes/early_warning/firm.html", firm_context(page, course_key))


@firm_view
@require_safe
def indicator(request: HttpRequest, course_key: CourseKey, company_id: int, key: str) -> HttpResponse:
    """Show an indicator with its chart, its table, its stretches and its alarms."""
    page = api.indicator_page(company_id=company_id, user_id=user_id_of(request), course_key=course_key, key=key)
    if page is None:
        raise Http404
    _record(request, course_key, page.reader)
    return render(request, "iciinsmes/early_warning/indicator.html", indicator_page_context(page, course_key))


@firm_view
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Let members choose indicators and limits, and whether the coach may be told."""
    user_id = user_id_of(request)
    reader = api.reader_of(company_id=company_id, user_id=user_id, course_key=course_key)
    if not reader.member:
        raise NotAllowedHere
    watch, _row = api.watch_here(company_id=company_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        kept = [key for key in request.POST.getlist("kept") if key in INDICATORS]
        thresholds: dict[str, dict[str, Decimal]] = {}
        for key, each in INDICATORS.items():
            for name in each.limits:
                number = read_number(request.POST.get(f"{key}.{name}", "").strip() or "x")
                if number is not None:
                    thresholds.setdefault(key, {})[name] = number.value
                elif request.POST.get(f"{key}.{name}", "").strip():
                    errors[f"{key}.{name}"] = _("Write a number.")
        if not kept:
            errors["kept"] = _("Choose at least one indicator.")
        if not errors:
            try:
                api.choose(
                    company_id=company_id,
                    user_id=user_id,
                    course_key=course_key,
                    kept=kept,
                    thresholds=thresholds,
                    tells_coach=bool(request.POST.get("tells_coach")),
                )
            except WrongFigures as wrong:
                errors.update(wrong.problems)
            else:
                messages.success(request, _("Saved."))
                return redirect("iciinsmes:early-warning-firm", course_key, company_id)
    posted = request.POST if request.method == "POST" else None
    context = {
        "company": reader.company,
        "company_id": company_id,
        "course_key": course_key,
        "watch": watch,
        "tells_coach": bool(posted.get("tells_coach")) if posted is not None else watch.tells_coach,
        "errors": errors,
        "indicators": [
            {
                "key": key,
                "title": title_of(key),
                "is_kept": key in (posted.getlist("kept") if posted is not None else watch.kept),
                "limits": [
                    {
                        "name": f"{key}.{name}",
                        "label": THRESHOLDS[name],
                        "value": posted.get(f"{key}.{name}", "")
                        if posted is not None
                        else retyped(Decimal(str(watch.thresholds.get(key, {}).get(name, usual)))),
                        "error": errors.get(f"{key}.{name}", ""),
                    }
                    for name, usual in each.limits.items()
                ],
            }
            for key, each in INDICATORS.items()
        ],
    }
    return render(request, "iciinsmes/early_warning/choices.html", context, status=422 if errors else 200)


def indicator_page_context(page: api.IndicatorPage, course_key: CourseKey) -> dict[str, Any]:
    """Return the context of an indicator's page, with the names of who did what in one query."""
    people = {each.made_by for each in page.baselines} | {each.author_id for each in page.versions}
    names = host().names({each for each in people if each is not None})
    return dict(indicator_context(page, course_key, names))


def _record(request: HttpRequest, course_key: CourseKey, reader: api.CompanyReader) -> None:
    """Write down who besides the firm's own people has read its figures."""
    if not reader.member:
        audit_log.record(
            course_key=course_key,
            verb="figures_read",
            actor_id=user_id_of(request),
            subject=f"company:{reader.company_id}",
            detail={"title": reader.company},
        )

"""Reports over course runs: begun, watched, read, printed, taken along as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iciinsmes.lib.report_tables import shown
from iciinsmes.lib.table_files import CSV, XLSX, table_response
from iciinsmes.lib.templating import render

from . import api
from .data import ReportData, ReportState
from .errors import NothingToReport, UnknownReport
from .permissions import user_id_of
from .report_tables import groupings, lines_of, run_name, tables_of

_PRINT = "print"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """Let staff choose runs for a report, and list the reports they have had made; a POST begins one."""
    user_id = user_id_of(request)
    runs = api.runs_for(user_id=user_id)
    if not runs:
        raise Http404
    if request.method == "POST":
        chosen = set(request.POST.getlist("run"))
        try:
            begun = api.begin_report(owner_id=user_id, course_keys=[run.key for run in runs if str(run.key) in chosen])
        except NothingToReport:
            messages.error(request, _("Choose at least one course run."))
        else:
            return redirect("iciinsmes:evaluation-report", begun)
    facts = api.facts_of(course_keys=[run.key for run in runs])
    context = {
        "runs": [(run, facts[run.key]) for run in runs],
        "reports": api.reports_of(owner_id=user_id),
        "is_wrong": request.method == "POST",
    }
    return render(request, "iciinsmes/evaluation/reports.html", context, status=422 if context["is_wrong"] else 200)


@never_cache
@login_required
@require_safe
def report(request: HttpRequest, report_id: UUID) -> HttpResponseBase:
    """Show a report, or hand it out as ``as`` says: for print, as CSV or as an Excel file."""
    found = _own(request, report_id)
    by = request.GET.get("by", "")
    by = by if by in groupings() else "run"
    wanted = request.GET.get("as", "")
    if found.state is ReportState.MAKING or not found.runs:
        return render(request, "iciinsmes/evaluation/making.html", {"report": found})
    if wanted in (_PRINT, CSV, XLSX):
        api.record_taken(report=found, owner_id=user_id_of(request), kind=wanted)
    if wanted in (CSV, XLSX):
        return table_response({_("Evaluation"): lines_of(found.runs, by)}, filename=f"evaluation-{by}", kind=wanted)
    context: dict[str, Any] = {
        "report": found,
        "tables": [shown(table) for table in tables_of(found.runs, by)],
        "choices": [(key, words, key == by) for key, words in groupings().items()],
        "query": urlencode({"by": by}),
        "is_print": wanted == _PRINT,
        "unplaced": [run_name(run) for run in found.runs if not run.college or not run.country],
        "endless": [run_name(run) for run in found.runs if run.ends_on is None],
    }
    return render(request, "iciinsmes/evaluation/report.html", context)


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Return how far a report is; once it is ready, the page is loaded."""
    found = _own(request, report_id)
    response = render(request, "iciinsmes/evaluation/progress.html", {"report": found})
    if found.state is ReportState.READY:
        response["HX-Refresh"] = "true"
    return response


@never_cache
@login_required
@require_POST
def drop(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Remove a report, also one that is being made."""
    try:
        api.drop_report(report_id=report_id, owner_id=user_id_of(request))
    except UnknownReport as error:
        raise Http404 from error
    return redirect("iciinsmes:evaluation-reports")


def _own(request: HttpRequest, report_id: UUID) -> ReportData:
    try:
        return api.read_report(report_id=report_id, owner_id=user_id_of(request))
    except UnknownReport as error:
        raise Http404 from error

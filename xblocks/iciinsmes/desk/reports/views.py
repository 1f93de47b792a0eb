"""Pages, prints and files of reports."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import limited_to
from iciinsmes.lib.report_tables import sheets, shown
from iciinsmes.lib.table_files import CSV, XLSX, table_response
from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from ..permissions import grader_required, user_id_of
from .data import ReportReader
from .kinds import REPORTS

_PRINT = "print"


@never_cache
@grader_required
@require_GET
def index(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show which reports there are."""
    context = {"course": host().course(course_key), "reports": REPORTS.items()}
    return render(request, "iciinsmes/desk/reports/index.html", context)


@never_cache
@grader_required
@require_GET
def report(request: HttpRequest, course_key: CourseKey, name: str) -> HttpResponseBase:
    """Show a report, or hand it out as ``as`` says: for print, as CSV or as an Excel file, then with all rows.

    Who teaches only some learners sees only those. What is handed out hides small groups.
    """
    if name not in REPORTS:
        raise Http404
    kind, wanted = REPORTS[name], request.GET.get("as", "")
    leaves = wanted in (_PRINT, CSV, XLSX)
    reader = ReportReader(
        user_id=user_id_of(request),
        course_key=course_key,
        limited_to=limited_to(user_id=user_id_of(request), course_key=course_key),
        leaves=leaves,
        everything=leaves,
    )
    found = kind.build(reader, request.GET)
    if leaves:
        _record(reader, name, wanted)
    if wanted in (CSV, XLSX):
        return table_response(sheets(found.tables, wanted), filename=f"{name}-{course_key.run}", kind=wanted)
    kept = {choice.name: value for choice in found.choices for value, _words, is_chosen in choice.options if is_chosen}
    context = {
        "course": host().course(course_key),
        "name": name,
        "title": str(kind.title),
        "lead": kind.lead,
        "report": found,
        "tables": [shown(table) for table in found.tables],
        "query": urlencode(kept),
        "is_first": "after" not in request.GET,
        "is_print": wanted == _PRINT,
    }
    return render(request, "iciinsmes/desk/reports/report.html", context)


def _record(reader: ReportReader, name: str, wanted: str) -> None:
    """Tell the trail who took which report out of the course."""
    audit_log.record(
        course_key=reader.course_key,
        verb="report_taken",
        actor_id=reader.user_id,
        subject=f"report:{name}",
        detail={"title": f"{REPORTS[name].title}, {wanted}"},
    )

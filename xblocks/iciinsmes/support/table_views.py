"""The editors' table: sent, looked at line by line, brought in whole or not at all, and taken out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.table_files import CSV, XLSX, table_response
from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .data import ImportData, PlannedRow, Reader
from .errors import TableHasProblems, UnreadableEntries, WrongEntry
from .labels import FIELDS
from .page_access import editor_page, keeper_page

#: Lines that a preview shows of each kind; the numbers above them count all.
_SHOWN = 200


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Take a file or pasted lines; nothing but the table itself is kept before it is confirmed."""
    context: dict[str, Any] = {"course_key": course_key, "course": host().course(course_key), "reader": reader}
    if request.method != "POST":
        return render(request, "iciinsmes/support/import.html", context)
    upload, text = request.FILES.get("file"), request.POST.get("text", "")
    try:
        if upload is not None:
            import_id = api.begin_import(reader=reader, content=upload.read(api.MOST_BYTES + 1))
        else:
            import_id = api.begin_import(reader=reader, text=text)
    except UnreadableEntries as error:
        wrong = {"error": error.message, "text": text}
        return render(request, "iciinsmes/support/import.html", context | wrong, status=422)
    return redirect("iciinsmes:support-table", course_key, import_id)


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, course_key: CourseKey, reader: Reader, import_id: UUID) -> HttpResponse:
    """Show what would happen line by line, afterwards what has happened; a POST confirms."""
    error = ""
    if request.method == "POST":
        try:
            api.confirm_import(reader=reader, course_key=course_key, import_id=import_id)
            return redirect("iciinsmes:support-table", course_key, import_id)
        except TableHasProblems:
            error = _("Nothing was brought in: some lines have to be mended first.")
        except WrongEntry as wrong:
            error = " ".join(wrong.problems.values())
    data = api.import_here(reader=reader, import_id=import_id)
    context = {
        "course_key": course_key,
        "course": host().course(course_key),
        "reader": reader,
        "data": data,
        "error": error,
        **_lines(data),
    }
    return render(request, "iciinsmes/support/preview.html", context, status=422 if error else 200)


@editor_page
@require_POST
def cancel(request: HttpRequest, course_key: CourseKey, reader: Reader, import_id: UUID) -> HttpResponse:
    """Drop what was sent."""
    api.cancel_import(reader=reader, import_id=import_id)
    messages.success(request, _("The table is dropped. Nothing was imported."))
    return redirect("iciinsmes:support-desk", course_key)


@keeper_page
@require_safe
def take_out(request: HttpRequest, course_key: CourseKey, reader: Reader, kind: str) -> HttpResponseBase:
    """Hand out entries as a table that comes back: those of the person's areas, or all with ``all``."""
    if kind not in (CSV, XLSX):
        raise Http404
    rows = api.taken_out(reader=reader, course_key=course_key, whole="all" in request.GET or not reader.edits)
    return table_response({"support": rows}, filename="support", kind=kind, comes_back=True)


def _lines(data: ImportData) -> dict[str, Any]:
    if data.plan is None:
        return {}
    wrong = [row for row in data.plan.rows if row.problems]
    new = [row for row in data.plan.rows if row.is_new and not row.problems]
    changed = [row for row in data.plan.rows if row.changes and not row.is_new and not row.problems]
    return {
        "plan": data.plan,
        "same": len(data.plan.rows) - len(wrong) - len(new) - len(changed),
        "wrong": wrong[:_SHOWN],
        "new": new[:_SHOWN],
        "changed": [(row, _words(row)) for row in changed[:_SHOWN]],
        "more": sum(max(0, len(rows) - _SHOWN) for rows in (wrong, new, changed)),
        "has_work": bool(new or changed or any(row.successors is not None for row in data.plan.rows)),
    }


def _words(row: PlannedRow) -> list[tuple[str, str, str]]:
    return [(str(FIELDS.get(name, _("Checked on"))), before, after) for name, before, after in row.changes]

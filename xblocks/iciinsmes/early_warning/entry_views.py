"""Entering figures: a month typed, or a table pasted or uploaded, which is shown before anything is changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Sheet, show
from iciinsmes.toolbox.errors import UnreadableTable

from . import api
from .errors import NotAllowedHere, WrongFigures
from .figures import FIRST_YEAR
from .labels import month_words
from .month_form import MonthTyped, errors_by_quantity, month_fields, read_month, token
from .page import change_view
from .page_access import firm_view, user_id_of

_SHOWN = 200


@firm_view
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Show the figures of a month to type them, last month's at first; 422 with what is wrong or asked back."""
    user_id = user_id_of(request)
    reader = _member(company_id, user_id, course_key)
    running = api.running_month()
    sent = whole_number(request.POST.get("month") or request.GET.get("month"))
    number = sent if sent is not None and FIRST_YEAR * 12 <= sent <= running else running - 1
    watch, _row = api.watch_here(company_id=company_id)
    cells = api.figures_of(company_id=company_id, month=number)
    typed, was = None, None
    if request.method == "POST":
        typed = read_month(watch.kept, number, cells, request.POST)
        was = {name: request.POST.get(f"was-{name}", "") for name in typed.raw}
        if not typed.errors and not typed.doubts:
            try:
                changes = api.save_figures(
                    company_id=company_id, user_id=user_id, course_key=course_key, cells=typed.cells
                )
            except WrongFigures as wrong:
                typed = MonthTyped(typed.cells, typed.raw, errors_by_quantity(wrong.problems), {})
            else:
                words = _("Saved: %(month)s.") if changes else _("%(month)s: nothing has changed.")
                messages.success(request, words % {"month": month_words(number)})
                return redirect("iciinsmes:early-warning-firm", course_key, company_id)
    context = {
        "company": reader.company,
        "company_id": company_id,
        "course_key": course_key,
        "month": number,
        "title": month_words(number),
        "is_running": number == running,
        "earlier": (number - 1, month_words(number - 1)),
        "later": (number + 1, month_words(number + 1)) if number < running else None,
        "fields": month_fields(watch.kept, cells, typed, was),
        "confirmed": [token(name, typed.raw[name]) for name in typed.doubts] if typed else [],
        "error": typed.errors.get("month", "") if typed else "",
        "has_errors": typed is not None,
    }
    return render(request, "iciinsmes/early_warning/month.html", context, status=422 if typed else 200)


@firm_view
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Take a table: show what it would change, old and new side by side, and change it when that is confirmed."""
    user_id = user_id_of(request)
    reader = _member(company_id, user_id, course_key)
    watch, _row = api.watch_here(company_id=company_id)
    context = {"company": reader.company, "company_id": company_id, "course_key": course_key}
    if request.method != "POST":
        return render(request, "iciinsmes/early_warning/table.html", context)
    try:
        sheet = _sheet_of(request)
    except UnreadableTable as error:
        wrong = {"error": show(error.text, toolbox.reader_language()), "text": request.POST.get("text", "")}
        return render(request, "iciinsmes/early_warning/table.html", {**context, **wrong}, status=422)
    if sheet is None:
        wrong = {"error": _("Paste a table or choose a file."), "text": ""}
        return render(request, "iciinsmes/early_warning/table.html", {**context, **wrong}, status=422)
    columns = range(len(sheet.names))
    reading = api.read_figures(
        company_id=company_id,
        sheet=sheet,
        kept=watch.kept,
        language=get_language() or "en",
        uses={index: request.POST[f"use-{index}"] for index in columns if f"use-{index}" in request.POST},
        styles={index: request.POST.get(f"style-{index}", "") for index in columns},
    )
    if request.POST.get("do") == "save" and not reading.error and not reading.asks:
        cells = [change.new for change in reading.changes]
        changes = api.save_figures(company_id=company_id, user_id=user_id, course_key=course_key, cells=cells)
        words = ngettext("%(count)s figure was changed.", "%(count)s figures were changed.", len(changes))
        messages.success(request, words % {"count": len(changes)})
        return redirect("iciinsmes:early-warning-firm", course_key, company_id)
    preview = {
        "reading": reading,
        "carried": api.carried(sheet),
        "uses": api.use_choices(),
        "changes": [change_view(each) for each in reading.changes[:_SHOWN]],
        "more": max(len(reading.changes) - _SHOWN, 0),
    }
    return render(request, "iciinsmes/early_warning/table_preview.html", {**context, **preview})


def _member(company_id: int, user_id: int, course_key: CourseKey) -> api.CompanyReader:
    reader = api.reader_of(company_id=company_id, user_id=user_id, course_key=course_key)
    if not reader.member:
        raise NotAllowedHere
    return reader


def _sheet_of(request: HttpRequest) -> Sheet | None:
    """Return the table that was pasted, uploaded, or shown before; raises `UnreadableTable`."""
    carried = request.POST.get("carried", "")
    if carried:
        return api.brought_back(carried)
    upload = request.FILES.get("file")
    if upload is not None:
        return toolbox.open_table(content=upload.read(api.MOST_BYTES + 1), most_bytes=api.MOST_BYTES)
    text = request.POST.get("text", "")
    return toolbox.open_pasted(text=text) if text.strip() else None

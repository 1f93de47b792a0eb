"""What a canvas gives: versions to go back to, the poster, the table, and what the instrument computes of its cards."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iciinsmes.lib import dates
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import option_form, reader_language, result_page
from iciinsmes.toolbox.data import Table, Value, show

from . import api
from .data import CanvasData, OpenCanvas
from .drawn import computes
from .errors import TooManyCards
from .page import board, card_views, instrument_of
from .page_access import canvas_page, user_id_of
from .poster import PosterCard, PosterPlace, in_a_row, poster
from .rules import areas

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@canvas_page
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """List the versions of a canvas, and keep a new one."""
    user_id = user_id_of(request)
    if request.method == "POST":
        try:
            api.save_version(canvas_id=canvas_id, user_id=user_id, note=request.POST.get("note", ""))
            messages.success(request, _("This version is kept."))
        except TooManyCards:
            messages.error(request, _("This canvas has very many versions. No more can be kept."))
        return redirect("iciinsmes:canvas-versions", canvas_id)
    found = api.versions_of(canvas_id=canvas_id, reader_id=user_id)
    names = host().names({version.made_by for version in found if version.made_by is not None})
    context = {
        "canvas": api.find_canvas(canvas_id=canvas_id, reader_id=user_id),
        "versions": [(version, names.get(version.made_by or 0, "")) for version in found],
    }
    return render(request, "iciinsmes/canvases/versions.html", context)


@canvas_page
@require_POST
def restore(request: HttpRequest, canvas_id: UUID, number: int) -> HttpResponse:
    """Bring a version back; the present cards are kept as a version first."""
    try:
        api.restore_version(canvas_id=canvas_id, user_id=user_id_of(request), number=number)
    except TooManyCards:
        messages.error(request, _("This canvas has very many versions. No more can be kept."))
        return redirect("iciinsmes:canvas-versions", canvas_id)
    messages.success(request, _("Version %(number)s is back. What was there is kept, too.") % {"number": number})
    return redirect("iciinsmes:canvas", canvas_id)


@canvas_page
@require_safe
def svg(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Send the poster."""
    opened = api.open_canvas(canvas_id=canvas_id, reader_id=user_id_of(request))
    instrument = instrument_of(opened.canvas)
    title = show(instrument.title, reader_language())
    subtitle = f"{title} · {dates.short(timezone.localdate())}"
    content = poster(opened.canvas.title, subtitle, _poster_places(opened, title, user_id_of(request)))
    response = HttpResponse(content, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Content-Disposition"] = f'inline; filename="{_name(opened.canvas)}.svg"'
    return response


@canvas_page
@require_safe
def csv(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Send the cards as a table in CSV."""
    found, table = _table(request, canvas_id)
    content = toolbox.table_csv(instrument=instrument_of(found), table=table, language=reader_language())
    return _download(content, "text/csv; charset=utf-8", f"{_name(found)}.csv")


@canvas_page
@require_safe
def xlsx(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Send the cards as an Excel file."""
    found, table = _table(request, canvas_id)
    content = toolbox.table_xlsx(instrument=instrument_of(found), table=table, language=reader_language())
    return _download(content, _XLSX, f"{_name(found)}.xlsx")


@canvas_page
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Show what the instrument computes of the present cards, with the options of the address; nothing is kept.

    What cards lack is asked for first, where the person may write on them; a POST brings it.
    """
    user_id = user_id_of(request)
    found = api.find_canvas(canvas_id=canvas_id, reader_id=user_id)
    if not computes(found.instrument):
        raise Http404
    instrument = instrument_of(found)
    language = reader_language()
    if found.may_edit:
        sent = request.POST if request.method == "POST" else None
        rest = api.ask_for_rest(canvas=found, user_id=user_id, language=language, sent=sent)
        if rest.cards:
            context = {"canvas": found, "instrument_title": show(instrument.title, language), "asked": rest.cards}
            return render(request, "iciinsmes/canvases/result.html", context, status=422 if rest.is_refused else 200)
    if request.method == "POST":
        return redirect("iciinsmes:canvas-result", canvas_id)
    table, left_out = api.complete_table(canvas_id=canvas_id, reader_id=user_id)
    start: dict[str, Value] = {option.key: option.default for option in instrument.options}
    options = option_form(instrument, request.GET, start, language)
    context = {
        "canvas": found,
        "instrument_title": show(instrument.title, language),
        "options": options,
        "count": len(table),
        "left_out": left_out,
    }
    if len(table) and options.is_valid:
        computed = toolbox.run(instrument=instrument, table=table, options=options.values)
        context["result"] = result_page(computed, language)
    status = 200 if options.is_valid else 422
    return render(request, "iciinsmes/canvases/result.html", context, status=status)


def _table(request: HttpRequest, canvas_id: UUID) -> tuple[CanvasData, Table]:
    reader_id = user_id_of(request)
    table = api.table_of(canvas_id=canvas_id, reader_id=reader_id)
    return api.find_canvas(canvas_id=canvas_id, reader_id=reader_id), table


def _poster_places(opened: OpenCanvas, title: str, reader_id: int) -> tuple[PosterPlace, ...]:
    instrument = instrument_of(opened.canvas)
    found = board(instrument, card_views(instrument, opened.cards, reader_id))
    cards = {
        place.key: tuple(
            PosterCard(card.words, " · ".join(f"{name} {value}" for name, value in card.facts)) for card in place.cards
        )
        for place in found
    }
    grid = areas(instrument)
    if not grid:
        return in_a_row(title, cards[""])
    return tuple(
        PosterPlace(place.title, place.tint, area.row, area.column, area.row_end, area.column_end, cards[place.key])
        for place, area in zip(found, grid, strict=True)
    )


def _name(found: CanvasData) -> str:
    """Return a name for a file that every system takes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", found.title).strip("-")[:60].lower() or found.instrument


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

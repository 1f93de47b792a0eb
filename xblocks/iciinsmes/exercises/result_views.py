"""The page of a result: for its learner, and for whom the learner or a round with it as evidence lets in."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from iciinsmes.companies.api import company_of
from iciinsmes.lib.templating import render
from iciinsmes.platform import host, labels
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language, result_page
from iciinsmes.toolbox.data import result_to_json, show

from . import api
from .data import ResultData
from .errors import InUse, UnknownResult
from .stored_table import options_to_json

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, ResultData, _P], HttpResponse]


def _of_result(*, own: bool = False) -> Callable[[View[_P]], Callable[..., HttpResponse]]:
    """Give the page a result that the person may see, or with ``own`` one of the person's own; else 404."""

    def guard(view: View[_P]) -> Callable[..., HttpResponse]:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, result_id: UUID, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            try:
                found = api.read_result(result_id=result_id, reader_id=request.user.pk)
            except UnknownResult as error:
                raise Http404 from error
            if own and found.owner_id != request.user.pk:
                raise Http404
            return view(request, found, *args, **kwargs)

        return guarded

    return guard


@_of_result()
@require_safe
def result(request: HttpRequest, found: ResultData) -> HttpResponse:
    """Show a result."""
    language = reader_language()
    instrument = toolbox.find_instrument(name=found.instrument)
    is_own = found.owner_id == request.user.pk
    context = {
        "found": found,
        "is_own": is_own,
        "company": company_of(user_id=found.owner_id, course_key=found.course_key) if is_own else None,
        "course": host().course(found.course_key),
        "learner": labels([found.owner_id], found.course_key).get(found.owner_id, ""),
        "instrument": instrument,
        "instrument_title": show(instrument.title, language),
        "result": result_page(found.result, language),
    }
    return render(request, "iciinsmes/exercises/result.html", context)


@_of_result(own=True)
@require_POST
def share(request: HttpRequest, found: ResultData) -> HttpResponse:
    """Say who else may see an own result: ``for-firm``, ``for-staff``."""
    api.share_result(
        result_id=found.id,
        owner_id=found.owner_id,
        for_company="for-firm" in request.POST,
        for_staff="for-staff" in request.POST,
    )
    messages.success(request, _("Saved who may see it."))
    return redirect("iciinsmes:tool-result", found.id)


@_of_result(own=True)
@require_POST
def remove(request: HttpRequest, found: ResultData) -> HttpResponse:
    """Remove an own result; one that belongs to an attempt stays, and the page says why."""
    try:
        api.remove_result(result_id=found.id, owner_id=found.owner_id)
    except InUse:
        reason = _("Not removed: it belongs to what you did in an exercise, and stays as long as that.")
        messages.error(request, f"{reason} {_('You can stop sharing it.')}")
        return redirect("iciinsmes:tool-result", found.id)
    messages.success(request, _("The result is removed."))
    return redirect("iciinsmes:exercise-mine", found.course_key)


@_of_result()
@require_safe
def figures(_request: HttpRequest, found: ResultData) -> HttpResponse:
    """Send the figures with their intervals as CSV."""
    content = toolbox.figures_csv(result=found.result, language=reader_language())
    return attachment(content, f"{_file_name(found)}.csv")


@_of_result()
@require_safe
def whole(_request: HttpRequest, found: ResultData) -> HttpResponse:
    """Send the whole result as JSON, for other programs."""
    content = {
        "instrument": found.instrument,
        "title": found.title,
        "is_demo": found.is_demo,
        "rows": found.rows,
        "options": options_to_json(found.options),
        "computed_at": found.created_at.isoformat(),
        "result": result_to_json(found.result),
    }
    return attachment(json.dumps(content, ensure_ascii=False, indent=1).encode(), f"{_file_name(found)}.json")


@_of_result()
@require_safe
def chart(_request: HttpRequest, found: ResultData, number: int) -> HttpResponse:
    """Send a chart as SVG; ``number`` counts from 1."""
    charts = found.result.charts
    if not 1 <= number <= len(charts):
        raise Http404
    picture = toolbox.chart_svg(chart=charts[number - 1], result=found.result, language=reader_language())
    return attachment(picture.encode(), f"{_file_name(found)}-{number}.svg")


def _file_name(found: ResultData) -> str:
    return f"{found.instrument}-{found.created_at:%Y-%m-%d}"


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}


def attachment(content: bytes, name: str) -> HttpResponse:
    """Return a file that a browser saves and never shows in place.

    Args:
        content: of the file.
        name: ASCII, with an extension that `_TYPES` knows.
    """
    response = HttpResponse(content, content_type=_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

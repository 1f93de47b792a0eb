"""The page of a result: for its learner, and for whom the learner or a round with it as evidence lets in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.web import reader_language, result_page

from . import api
from .errors import UnknownResult


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """Show a result; 404 for who may not see it, so that ids cannot be probed."""
    reader_id = request.user.pk
    try:
        found = api.read_result(result_id=result_id, reader_id=reader_id)
    except UnknownResult as error:
        raise Http404 from error
    language = reader_language()
    instrument = toolbox.find_instrument(name=found.instrument)
    context = {
        "found": found,
        "is_own": found.owner_id == reader_id,
        "course": host().course(found.course_key),
        "learner": host().names([found.owner_id]).get(found.owner_id, ""),
        "instrument": instrument,
        "instrument_title": show(instrument.title, language),
        "result": result_page(found.result, language),
    }
    return render(request, "iciinsmes/exercises/result.html", context)

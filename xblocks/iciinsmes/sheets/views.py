"""The page of a course run's sheets, and its tables as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.table_files import CSV, XLSX, table_response
from iciinsmes.lib.templating import render

from . import api
from .data import Table
from .page import index_context
from .permissions import grader_page, user_id_of


@grader_page
@require_safe
def index(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Offer what can be taken out and brought in, and list what was."""
    narrowed = api.read_narrowed(request.GET.dict(), course_key)
    return render(request, "iciinsmes/sheets/index.html", index_context(course_key, narrowed, user_id_of(request)))


@grader_page
@require_safe
def table(request: HttpRequest, course_key: CourseKey) -> HttpResponseBase:
    """Send a table as a file, row by row."""
    try:
        wanted = Table(request.GET.get("table", ""))
    except ValueError as error:
        raise Http404 from error
    user_id = user_id_of(request)
    narrowed = api.read_narrowed(request.GET.dict(), course_key)
    api.note_taken_out(wanted, user_id=user_id, course_key=course_key)
    rows = api.table_rows(wanted, narrowed, user_id=user_id, course_key=course_key)
    return table_response(
        {api.sheet_name(wanted): rows},
        filename=f"{wanted.value}-{timezone.localdate().isoformat()}",
        kind=XLSX if request.GET.get("kind") == XLSX else CSV,
        comes_back=True,
    )

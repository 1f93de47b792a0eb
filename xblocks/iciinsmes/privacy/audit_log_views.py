"""The trail: a page, and a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .audit_log_filters import AuditLogFilters
from .page_access import coordinator_page, report, user_id_of


@coordinator_page
@require_http_methods(["GET", "HEAD"])
def trail(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show who saw and changed what in the course run, newest first."""
    filters = AuditLogFilters(request.GET, course_key=course_key)
    is_valid = filters.is_valid()
    context = {
        "course": host().course(course_key),
        "filters": filters,
        "table": api.page(course_key=course_key, after=filters.after, **filters.found) if is_valid else None,
        "query": urlencode(filters.query),
        "is_first": filters.after is None,
    }
    return render(request, "iciinsmes/privacy/trail.html", context, status=200 if is_valid else 422)


@report
@require_safe
def trail_csv(request: HttpRequest, course_key: CourseKey) -> StreamingHttpResponse:
    """Send the trail, as it is narrowed on the page, as a file for a spreadsheet."""
    filters = AuditLogFilters(request.GET, course_key=course_key)
    if not filters.is_valid():
        raise Http404
    api.note_trail_export(course_key=course_key, actor_id=user_id_of(request), person_id=filters.found["person_id"])
    lines = _in_language(api.table(course_key=course_key, **filters.found), translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trail-{timezone.localdate().isoformat()}.csv"'
    return response


def _in_language(lines: Iterator[str], language: str | None) -> Iterator[str]:
    """Yield lines that are made while they are sent, when the request's language is no longer active."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line

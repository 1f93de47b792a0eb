"""URLconf of tests that need a page around a unit, and nothing else of the campus' pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from opaque_keys.edx.keys import CourseKey, UsageKey

# Importing addresses registers the converters that those below need.
from iciinsmes_campus.courseware import api, urls  # noqa: F401


def unit(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Show a unit on a bare page."""
    try:
        rendered = api.render_unit(request=request, usage_key=usage_key)
    except api.Closed:
        return HttpResponse("closed", status=403)
    head = f'<title>Unit</title><link rel="icon" href="data:,">{rendered.head_html}'
    body = f'<main>{rendered.html}</main><a rel="next" href="#next">Next</a>{rendered.foot_html}'
    return HttpResponse(f'<!doctype html><html lang="en"><head>{head}</head><body class="ici">{body}</body></html>')


pages = [
    path("courses/<course_key:course_key>/unit/<usage_key:usage_key>/", unit, name="unit"),
    path("courses/<course_key:course_key>/block/<usage_key:usage_key>/", unit, name="block"),
    path("login/", lambda request: HttpResponse("sign in"), name="login"),
]

urlpatterns = [
    path("courses/", include("iciinsmes_campus.courseware.urls")),
    path("iciinsmes/", include("iciinsmes.urls", namespace="iciinsmes")),
    path("", include((pages, "campus"))),
]

"""Addresses of the campus: its own pages, its courses' blocks and files, and the add-on as Open edX mounts it."""

from django.urls import URLPattern, URLResolver, include, path

from .web import healthz

#: The campus' own pages; their names live in the namespace ``campus``.
_PAGES: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("iciinsmes_campus.accounts.urls")),
    path("outbox/", include("iciinsmes_campus.mail.urls")),
    path("authoring/", include("iciinsmes_campus.authoring.urls")),
    path("", include("iciinsmes_campus.pages.urls")),
]

urlpatterns = [
    path("courses/", include("iciinsmes_campus.courseware.urls")),
    path("iciinsmes/", include("iciinsmes.urls")),
    path("", include((_PAGES, "campus"))),
]

handler400 = "iciinsmes_campus.pages.failures.bad_request"
handler403 = "iciinsmes_campus.pages.failures.forbidden"
handler404 = "iciinsmes_campus.pages.failures.not_found"
handler500 = "iciinsmes_campus.pages.failures.server_error"

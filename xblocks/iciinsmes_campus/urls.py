"""Addresses of the campus: its own pages, its courses' blocks and files, and the add-on as Open edX mounts it."""

from django.urls import include, path

urlpatterns = [
    path("courses/", include("iciinsmes_campus.courseware.urls")),
    path("iciinsmes/", include("iciinsmes.urls")),
    path("", include("iciinsmes_campus.page_urls")),
]

handler400 = "iciinsmes_campus.pages.failures.bad_request"
handler403 = "iciinsmes_campus.pages.failures.forbidden"
handler404 = "iciinsmes_campus.pages.failures.not_found"
handler500 = "iciinsmes_campus.pages.failures.server_error"

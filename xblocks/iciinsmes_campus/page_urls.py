"""Addresses of the campus' own pages; their names live in the namespace ``campus``."""

from django.urls import include, path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from .health import healthz

app_name = "campus"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("iciinsmes_campus.accounts.urls")),
    path("outbox/", include("iciinsmes_campus.mail.urls")),
    path("authoring/", include("iciinsmes_campus.authoring.urls")),
    path("", include("iciinsmes_campus.pages.urls")),
]

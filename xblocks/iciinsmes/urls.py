"""Addresses of the add-on's own pages and page parts; the host mounts them under ``iciinsmes/``."""

from django.urls import include, path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters
from iciinsmes.platform import web

app_name = "iciinsmes"

urlpatterns = [
    path("here/", web.here, name="here"),
    path("here/back/", web.back, name="here-back"),
    path("work/", include("iciinsmes.assignments.urls")),
    path("early/", include("iciinsmes.early_warning.urls")),
    path("evaluation/", include("iciinsmes.evaluation.urls")),
    path("evidence/", include("iciinsmes.evidence.urls")),
    path("canvases/", include("iciinsmes.canvases.urls")),
    path("certificates/", include("iciinsmes.certificates.urls")),
    path("companies/", include("iciinsmes.companies.urls")),
    path("exercises/", include("iciinsmes.exercises.urls")),
    path("inbox/", include("iciinsmes.notices.urls")),
    path("mentor/", include("iciinsmes.mentors.urls")),
    path("desk/", include("iciinsmes.desk.urls")),
    path("gallery/", include("iciinsmes.gallery.urls")),
    path("sheets/", include("iciinsmes.sheets.urls")),
    path("practice/", include("iciinsmes.best_practices.urls")),
    path("projects/", include("iciinsmes.projects.urls")),
    path("threads/", include("iciinsmes.threads.urls")),
    path("support/", include("iciinsmes.support.urls")),
    path("self-check/", include("iciinsmes.self_check.urls")),
    path("toolbox/", include("iciinsmes.toolbox.urls")),
    path("", include("iciinsmes.privacy.urls")),
]

"""Addresses of privacy, below ``privacy/`` and ``trail/``."""

from django.urls import path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from . import audit_log_views, retirement_views

PERSON = "privacy/<course_key:course_key>/<row_id:user_id>/"

urlpatterns = [
    path("privacy/", retirement_views.own_data, name="privacy"),
    path("privacy/download/", retirement_views.download, name="privacy-download"),
    path("privacy/ask/", retirement_views.ask, name="privacy-ask"),
    path("privacy/<course_key:course_key>/", retirement_views.people, name="privacy-people"),
    path(PERSON, retirement_views.person, name="privacy-person"),
    path(f"{PERSON}export/", retirement_views.export, name="privacy-export"),
    path(f"{PERSON}erase/", retirement_views.erase, name="privacy-erase"),
    path("trail/<course_key:course_key>/", audit_log_views.trail, name="trail"),
    path("trail/<course_key:course_key>/csv/", audit_log_views.trail_csv, name="trail-csv"),
]

"""Addresses of privacy, below ``privacy/`` and ``trail/``."""

from django.urls import path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from . import views

PERSON = "privacy/<course_key:course_key>/<row_id:user_id>/"

urlpatterns = [
    path("privacy/", views.own_data, name="privacy"),
    path("privacy/download/", views.download, name="privacy-download"),
    path("privacy/ask/", views.ask, name="privacy-ask"),
    path("privacy/<course_key:course_key>/", views.people, name="privacy-people"),
    path(PERSON, views.person, name="privacy-person"),
    path(f"{PERSON}export/", views.export, name="privacy-export"),
    path(f"{PERSON}erase/", views.erase, name="privacy-erase"),
    path("trail/<course_key:course_key>/", views.trail, name="trail"),
    path("trail/<course_key:course_key>/csv/", views.trail_csv, name="trail-csv"),
]

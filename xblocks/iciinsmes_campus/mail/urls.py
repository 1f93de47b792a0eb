"""Addresses of the outbox, below ``outbox/``."""

from django.urls import path

import iciinsmes_campus.converters  # noqa: F401 - brings the path converter

from . import views

urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<row:mail_id>/", views.show, name="outbox-mail"),
]

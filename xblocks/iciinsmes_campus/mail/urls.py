"""Addresses of the outbox, below ``outbox/``."""

from django.urls import path

import iciinsmes.platform.urls  # noqa: F401 - brings the path converters

from . import views

urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<row_id:mail_id>/", views.show, name="outbox-mail"),
]

"""Addresses of the evidence room, below ``evidence/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:evidence_id>/<str:name>", views.evidence_file, name="evidence-file"),
]

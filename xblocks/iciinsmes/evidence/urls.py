"""Addresses of the evidence room, below ``evidence/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:evidence_id>/read/", views.evidence_reading, name="evidence-reading"),
    path("<uuid:evidence_id>/pages/<int:number>/", views.evidence_page, name="evidence-page"),
    path("<uuid:evidence_id>/<str:name>", views.evidence_file, name="evidence-file"),
]

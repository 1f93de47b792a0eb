"""Addresses of the mentor's page, below ``mentor/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:token>/", views.mentor, name="mentor"),
    path("<str:token>/opened/", views.opened, name="mentor-opened"),
    path("<str:token>/files/<uuid:evidence_id>/", views.file, name="mentor-file"),
]

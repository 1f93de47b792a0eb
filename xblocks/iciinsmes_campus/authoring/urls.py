"""Addresses of authors' pages, below ``authoring/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<course_key:course_key>/", views.changes, name="authoring"),
    path("<course_key:course_key>/edit/<usage_key:usage_key>/", views.edit, name="edit"),
    path("<course_key:course_key>/discard/<usage_key:usage_key>/", views.discard, name="discard"),
    path("<course_key:course_key>/export/", views.export, name="export"),
    path("<course_key:course_key>/export/folder/", views.export_folder, name="export-folder"),
]

"""Addresses of sheets and archives, below ``sheets/``."""

from django.urls import path

from . import archive_views, import_views, views

urlpatterns = [
    path("<course_key:course_key>/", views.index, name="sheets"),
    path("<course_key:course_key>/table/", views.table, name="sheets-table"),
    path("<course_key:course_key>/import/", import_views.begin, name="sheets-import-begin"),
    path("<course_key:course_key>/import/<uuid:import_id>/", import_views.preview, name="sheets-import"),
    path("<course_key:course_key>/import/<uuid:import_id>/progress/", import_views.progress, name="sheets-progress"),
    path("<course_key:course_key>/archives/", archive_views.archives, name="sheets-archives"),
    path("<course_key:course_key>/archives/<uuid:archive_id>/drop/", archive_views.drop, name="sheets-archive-drop"),
    path("<course_key:course_key>/archives/<uuid:archive_id>/<int:number>/", archive_views.part, name="sheets-archive"),
]

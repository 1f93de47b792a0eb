"""Addresses of the desk, below ``desk/``."""

from django.urls import path

from . import mentor_views, views

urlpatterns = [
    path("", views.index, name="desk"),
    path("<course_key:course_key>/", views.queue, name="desk-queue"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/", views.grade, name="desk-round"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/reopen/", views.reopen, name="desk-reopen"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/draft/", views.draft, name="desk-draft"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/sign/", mentor_views.sign, name="desk-sign"),
]

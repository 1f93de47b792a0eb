"""Addresses of the desk, below ``desk/``."""

from django.urls import path

from . import mentor_views, snippet_views, views

urlpatterns = [
    path("", views.index, name="desk"),
    path("<course_key:course_key>/", views.queue, name="desk-queue"),
    path("<course_key:course_key>/snippets/", snippet_views.snippets, name="desk-snippets"),
    path(
        "<course_key:course_key>/snippets/<uuid:snippet_id>/remove/", snippet_views.remove, name="desk-snippet-remove"
    ),
    path("<course_key:course_key>/rounds/<uuid:round_id>/snippets/", snippet_views.beside, name="desk-round-snippets"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/", views.grade, name="desk-round"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/reopen/", views.reopen, name="desk-reopen"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/draft/", views.draft, name="desk-draft"),
    path("<course_key:course_key>/rounds/<uuid:round_id>/sign/", mentor_views.sign, name="desk-sign"),
]

"""Addresses of the mentor's page, below ``mentor/``; none of them holds a secret but the old links."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.door, name="mentor-door"),
    path("<uuid:request_id>/", views.mentor, name="mentor"),
    path("<uuid:request_id>/opened/", views.opened, name="mentor-opened"),
    path("<uuid:request_id>/files/<uuid:evidence_id>/", views.file, name="mentor-file"),
    # As links were until they hid their secret; mails and printed codes have them.
    path("<str:token>/", views.old_link, name="mentor-old"),
]

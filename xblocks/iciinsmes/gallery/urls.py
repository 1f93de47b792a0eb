"""Addresses of the gallery, below ``gallery/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<course_key:course_key>/", views.gallery, name="gallery"),
    path("<course_key:course_key>/<int:entry_id>/show", views.show, name="gallery-show"),
    path("<course_key:course_key>/<int:entry_id>/firm", views.name_company, name="gallery-firm"),
    path("<course_key:course_key>/<int:entry_id>/hide", views.hide, name="gallery-hide"),
]

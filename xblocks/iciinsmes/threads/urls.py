"""Addresses of threads, below ``threads/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:kind>/<uuid:subject>/", views.thread, name="thread"),
    path("<slug:kind>/<uuid:subject>/settle/", views.settle, name="thread-settle"),
    path("<slug:kind>/<uuid:subject>/<int:message_id>/change/", views.change, name="thread-change"),
    path("<slug:kind>/<uuid:subject>/<int:message_id>/delete/", views.delete, name="thread-delete"),
]

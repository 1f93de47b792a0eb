"""Addresses of the outbox, below ``outbox/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:mail_id>/", views.show, name="outbox-mail"),
]

"""Addresses of the assignments room, below ``work/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("<usage_key:usage_key>/", views.part, name="work"),
    path("<usage_key:usage_key>/draft", views.draft, name="work-draft"),
    path("<usage_key:usage_key>/hand-in", views.hand_in, name="work-hand-in"),
]

"""Addresses of the exercises room, below ``exercises/``."""

from django.urls import path

from . import result_views, views

urlpatterns = [
    path("results/<uuid:result_id>/", result_views.result, name="tool-result"),
    path("<usage_key:usage_key>/", views.part, name="exercise"),
    path("<usage_key:usage_key>/look", views.look, name="exercise-look"),
    path("<usage_key:usage_key>/grid", views.grid, name="exercise-grid"),
    path("<usage_key:usage_key>/keep", views.keep, name="exercise-keep"),
    path("<usage_key:usage_key>/begin", views.begin, name="exercise-begin"),
    path("<usage_key:usage_key>/attempts/<uuid:attempt_id>", views.answer, name="exercise-answer"),
]

"""Addresses of self-checks, below ``self-check/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("model.json", views.model_file, name="self-check-model"),
    path("result/<uuid:check_id>/", views.result, name="self-check-result"),
    path("part/<usage_key:usage_key>/", views.part, name="self-check-part"),
    path("draft/<usage_key:usage_key>/", views.draft, name="self-check-draft"),
    path("send/<usage_key:usage_key>/", views.send, name="self-check-send"),
    path("again/<usage_key:usage_key>/", views.again, name="self-check-again"),
    path("<course_key:course_key>/", views.latest, name="self-check"),
    path("<course_key:course_key>/firms/", views.staff, name="self-check-firms"),
]

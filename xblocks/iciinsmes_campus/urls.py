"""Addresses of the campus."""

from django.urls import include, path

urlpatterns = [
    path("courses/", include("iciinsmes_campus.courseware.urls")),
    path("iciinsmes/", include("iciinsmes.urls", namespace="iciinsmes")),
]

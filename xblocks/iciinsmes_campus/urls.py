"""Addresses of the campus."""

from django.urls import include, path

urlpatterns = [
    path("iciinsmes/", include("iciinsmes.urls", namespace="iciinsmes")),
]

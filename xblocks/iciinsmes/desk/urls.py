"""Addresses of the desk, below ``desk/``."""

urlpatterns: list = []

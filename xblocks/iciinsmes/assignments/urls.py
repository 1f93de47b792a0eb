"""Addresses of the assignments room, below ``work/``."""

urlpatterns: list = []

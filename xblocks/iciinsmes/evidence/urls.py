"""Addresses of the evidence room, below ``evidence/``."""

urlpatterns: list = []

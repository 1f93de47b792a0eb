"""Workplace learning for small firms on Open edX: one Django app, one folder per part of the domain."""

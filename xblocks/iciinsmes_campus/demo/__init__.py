"""Invented firms, people and history, so that no page is empty."""

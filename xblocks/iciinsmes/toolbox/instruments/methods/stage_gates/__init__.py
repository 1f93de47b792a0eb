"""Criteria of a gate, and the case for or against a project in money."""

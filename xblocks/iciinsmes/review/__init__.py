"""Rubrics and assessments of whatever is handed in."""

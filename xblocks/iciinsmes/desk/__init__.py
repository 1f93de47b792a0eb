"""The teachers' pages: queue and grading."""

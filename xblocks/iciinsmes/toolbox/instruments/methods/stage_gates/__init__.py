"""The case for or against a project in money."""

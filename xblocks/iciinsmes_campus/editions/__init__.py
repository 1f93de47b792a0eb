"""Editions of a course: what its texts are, catalogues of translations, one folder a language and country, reports."""

"""Editing blocks in the browser, kept as an overlay of the course folder."""

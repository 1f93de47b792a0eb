"""Drawings of the documents that are made from the code: ``python -m tests.drawings`` makes them anew."""

"""Path converter for row numbers: one that no database can hold is a page that does not exist, never an error."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """A whole number that fits into 64 bits; Django 4.2 hands larger ones to SQLite, which fails."""

    regex = "[0-9]{1,18}"


register_converter(RowConverter, "row")

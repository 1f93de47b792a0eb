"""Path converters ``course_key``, ``usage_key`` and ``row_id``, registered when this module is imported.

A malformed key in an address is a page that does not exist, never an error.
"""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey


class CourseKeyConverter:
    """``course-v1:Org+Course+Run`` to `CourseKey` and back."""

    regex = r"[^/]{1,255}"

    def to_python(self, value: str) -> CourseKey:
        """Return the key; a ValueError makes Django try the next address."""
        try:
            return CourseKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: CourseKey) -> str:
        """Return the key as it stands in an address."""
        return str(value)


class UsageKeyConverter:
    """``block-v1:Org+Course+Run+type@…+block@…`` to `UsageKey` and back."""

    regex = r"[^/]{1,255}"

    def to_python(self, value: str) -> UsageKey:
        """Return the key; a ValueError makes Django try the next address."""
        try:
            return UsageKey.from_string(value)
        except InvalidKeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: UsageKey) -> str:
        """Return the key as it stands in an address."""
        return str(value)


class RowIdConverter(IntConverter):
    """A whole number that fits into 64 bits; Django 4.2 hands larger ones to SQLite, which fails."""

    regex = "[0-9]{1,18}"


register_converter(CourseKeyConverter, "course_key")
register_converter(UsageKeyConverter, "usage_key")
register_converter(RowIdConverter, "row_id")

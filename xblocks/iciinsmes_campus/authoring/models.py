"""What authors change in the browser, kept beside the course folder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField


class BlockOverlay(models.Model):
    """Fields of one block as an author saved them in the editor.

    The course folder stays read-only, so that it can be a checkout under version control; this row lies over it until
    the author exports the course or discards the change.

    .. pii: who of the staff changed a block last
    .. pii_types: other
    .. pii_retirement: local_api
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    fields = models.JSONField(default=dict, help_text="Field name to JSON value, content and settings scopes only.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

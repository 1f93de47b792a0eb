"""The audit trail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from opaque_keys.edx.django.models import CourseKeyField


class AuditLogEntry(models.Model):
    """Somebody saw or did something in a course run.

    One table for all rooms, because the question is always about a person or a thing, whichever room it is in. Rows
    are written with the deed and only read afterwards; forgetting a person empties their columns, and old rows are
    dropped as a whole. ``subject`` is text, not a foreign key: the trail lies below the rooms it tells about, and
    outlives what was removed. Both accounts become NULL with the account, so that the line stays without its name.
    The indexes are the filters of the coordinator's page, each in the order in which it pages.

    .. pii: who saw or changed what about whom; the name of somebody who acted without an account
    .. pii_types: name, other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=255, blank=True, help_text="Of somebody without an account.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=100, help_text='Kind and key, such as "work:17".')
    detail = models.JSONField(default=dict, help_text="What the line says beyond its verb; names nobody.")

    class Meta:
        """See the class docstring for the indexes."""

        indexes = [
            models.Index(fields=["course_key", "id"], name="ici_trail_course"),
            models.Index(fields=["course_key", "verb", "id"], name="ici_trail_verb"),
            models.Index(fields=["actor", "course_key", "id"], name="ici_trail_actor"),
            models.Index(fields=["person", "course_key", "id"], name="ici_trail_person"),
            models.Index(fields=["subject", "at", "id"], name="ici_trail_subject"),
        ]

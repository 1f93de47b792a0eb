"""The one table of snippets."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class Snippet(models.Model):
    """A text that its author uses again, in every course run, and that colleagues of one run use too if it is shared.

    A shared one outlives its author's account, because colleagues rely on it; it then belongs to nobody. ``course_key``
    is where it was written, and only there it is shared.

    .. pii: words of a teacher, with the account that wrote them
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    course_key = CourseKeyField(max_length=255, db_index=True)
    is_shared = models.BooleanField(default=False)
    text = models.TextField()
    changed_at = models.DateTimeField()

"""What graders keep for their own way of working."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class SavedFilter(models.Model):
    """A filter of the queue that a grader comes back to, under a name of the grader's.

    On the server, because people work on several devices. ``query`` is what the address has behind the question mark,
    as `QueueFilter.query` writes it, so that a filter that gets another condition reads older ones. ``course_key`` is
    NULL for the queue of all course runs. Names of people are not kept in it.

    .. pii: whose filter it is
    .. pii_types: other
    .. pii_retirement: local_api
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255, null=True)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The index is the list of one person."""

        indexes = [models.Index(fields=["owner", "course_key", "id"], name="ici_saved_filter")]

"""Mail that the campus would have sent."""

from __future__ import annotations

from django.db import models
from opaque_keys.edx.django.models import CourseKeyField


class OutboxMail(models.Model):
    """One message to one receiver, readable on the outbox page.

    ``course_key`` says whose coordinators may read it too; what belongs to no course, such as a link for a new password
    or a digest of several courses, is the receiver's alone.

    .. pii: address and text of a message to a person
    .. pii_types: email_address, other
    .. pii_retirement: local_api
    """

    sent_at = models.DateTimeField(auto_now_add=True)
    course_key = CourseKeyField(max_length=255, null=True, db_index=True)
    receiver = models.EmailField(max_length=254, db_index=True)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=255)
    body = models.TextField()
    html = models.TextField(blank=True)

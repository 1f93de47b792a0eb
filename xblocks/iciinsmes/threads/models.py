"""Messages, where each stands, and how a thread stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField

from .data import Side


class Thread(models.Model):
    """How a thread stands, so that a page asks for one row; made with its first message.

    ``question_since`` is when a learner asked what nobody of the staff has answered; ``settled_to`` is the last message
    about which somebody said that there is nothing to answer. The row is also what writers of one thread wait for.

    .. no_pii: a subject, counts and moments.
    """

    subject = UuidField(unique=True)
    kind = models.CharField(max_length=32, help_text="Registered by the room that has the subject.")
    course_key = CourseKeyField(max_length=255)
    count = models.PositiveIntegerField(default=0)
    last_side = models.CharField(max_length=8, blank=True)
    question_since = models.DateTimeField(null=True)
    settled_to = models.BigIntegerField(default=0)


class Message(models.Model):
    """What somebody wrote.

    One that is deleted loses its text and stays as a trace: others may have answered it. There is no mark of who has
    read it: people would read silence out of it.

    .. pii: what learners and staff write to each other, with the account that wrote it
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Of(models.TextChoices):
        """See `Side`."""

        LEARNER = Side.LEARNER.value
        STAFF = Side.STAFF.value

    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    course_key = CourseKeyField(max_length=255)
    side = models.CharField(max_length=8, choices=Of.choices)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)


class MessagePlace(models.Model):
    """That a message belongs to a thread: to that of each colleague where they worked together when it was written.

    Whoever joins or leaves later reads what was written while the work was shared, and nothing else.

    .. no_pii: a message and a subject.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="places")
    subject = UuidField()

    class Meta:
        """The constraint's index is a thread in its order."""

        constraints = [models.UniqueConstraint(fields=["subject", "message"], name="ici_one_message_place")]

"""The inbox, who wants which mails, mails on their way, and what was done when."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class Notice(models.Model):
    """One thing that one person is told.

    What it says is put together when it is read, from ``kind`` and the names kept here, so that everybody reads it in
    the own language. A row for each receiver, because reading and mailing differ from person to person.
    ``awaits_mail`` is True until a digest has told it. The indexes are the number at the bell, the digest, and taking
    back what is gone.

    .. pii: names of people, and what happened to a person's work
    .. pii_types: name, other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, help_text="Key of a registered kind.")
    course_key = CourseKeyField(max_length=255)
    title = models.CharField(max_length=255, help_text="Of what it is about.")
    address = models.CharField(max_length=1000, help_text="Of the page with it: a path, or a whole address.")
    actor_name = models.CharField(max_length=255, blank=True)
    detail = models.CharField(max_length=1000, blank=True)
    subject = models.CharField(
        max_length=255, blank=True, db_index=True, help_text="Which thing, as the room that told it names it."
    )
    created_at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    awaits_mail = models.BooleanField(default=False)

    class Meta:
        """See the class docstring for the indexes."""

        indexes = [
            models.Index(fields=["user", "read_at"], name="ici_notice_unread"),
            models.Index(fields=["awaits_mail", "user"], name="ici_notice_digest"),
        ]


class NoticePreference(models.Model):
    """When a person wants mails; without a row at once.

    ``digest_at`` is when the last digest was put together. A digest is claimed by changing it from the value that was
    read, so that two runs at once make one digest.

    .. pii: a person's choice
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True)
    mails = models.CharField(max_length=8, help_text="A value of data.Mails.")
    digest_at = models.DateTimeField()


class OutgoingMail(models.Model):
    """A mail on its way, written in the transaction of what it tells about.

    A row, not a call of the mail server: what is rolled back is never sent, and what the server refuses is tried again.
    ``next_try`` is None when nothing is left to do: the mail was sent, or given up. Who sends it moves ``next_try``
    first, from the value that was read, so that nobody else sends it too. The text goes when it was sent.

    .. pii: address and text of a message to a person
    .. pii_types: email_address, name, other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(max_length=254, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    body = models.TextField(blank=True)
    course_key = CourseKeyField(max_length=255, null=True)
    created_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(
        max_length=80, blank=True, help_text="Class of the last failure; its text may name people."
    )


class Reminder(models.Model):
    """When a person was last reminded of a thing.

    The unique row decides who may remind: it is moved to now only if it is a week old, in one statement.

    .. pii: links a user account to what it was reminded of
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=255)
    last_at = models.DateTimeField()

    class Meta:
        """See the class docstring."""

        constraints = [models.UniqueConstraint(fields=["user", "kind", "subject"], name="ici_one_reminder")]


class ScheduledRun(models.Model):
    """When a task of the schedule was last begun, so that two runs at once do not both do it.

    .. no_pii: names of tasks.
    """

    name = models.CharField(max_length=80, primary_key=True)
    last_at = models.DateTimeField()

"""Mentors who were asked, and what they answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField

from . import data


class MentorRequest(models.Model):
    """A learner asked one person to confirm one subject.

    ``subject`` is the id of whatever is confirmed, without a foreign key: this room knows nothing of rounds; its kind
    tells those who listen to signals whether it is theirs. The link
    is not stored: it is made from ``id`` and ``nonce`` and signed with the site's key, so that a copy of the table
    opens nothing. ``matter`` is a copy, because a mentor confirms what was there when being asked.

    .. pii: name and address of a mentor without an account, and a copy of a learner's answers
    .. pii_types: name, email_address, other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """See `data.RequestState`; that a request has expired follows from ``expires_at``."""

        OPEN = data.RequestState.OPEN.value
        CONFIRMED = data.RequestState.CONFIRMED.value
        SENT_BACK = data.RequestState.SENT_BACK.value
        REVOKED = data.RequestState.REVOKED.value

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = UuidField(db_index=True)
    subject_kind = models.CharField(max_length=32)
    course_key = CourseKeyField(max_length=255)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=data.MAX_NAME)
    email = models.CharField(max_length=data.MAX_EMAIL, blank=True)
    language = models.CharField(max_length=16)
    role = models.CharField(max_length=16)
    matter = models.JSONField(default=dict, help_text="Matter as mentors.data.matter_to_json writes it.")
    nonce = models.CharField(max_length=16, help_text="Random part of the link.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    coach_asked_at = models.DateTimeField(null=True, blank=True)
    coach_question = models.TextField(blank=True)

    class Meta:
        """The indexes are for the schedule and for the limit a person and day."""

        indexes = [
            models.Index(fields=["state", "expires_at"], name="ici_mentor_open"),
            models.Index(fields=["asked_by", "created_at"], name="ici_mentor_asked"),
        ]


class MentorAnswer(models.Model):
    """The mentor's word about one subject; never changed afterwards.

    A table of its own, not columns of the request: a coordinator can sign where nobody was asked, and the unique
    subject is what turns a double click, two tabs and two mentors into one answer.

    .. pii: typed name and role of a mentor without an account, and what they wrote
    .. pii_types: name, other
    .. pii_retirement: local_api
    """

    class Verdict(models.TextChoices):
        """See `data.MentorVerdict`."""

        CONFIRMED = data.MentorVerdict.CONFIRMED.value
        SENT_BACK = data.MentorVerdict.SENT_BACK.value

    class TookPlace(models.TextChoices):
        """See `data.TookPlace`."""

        YES = data.TookPlace.YES.value
        PARTLY = data.TookPlace.PARTLY.value
        NO = data.TookPlace.NO.value

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = UuidField(unique=True)
    subject_kind = models.CharField(max_length=32)
    course_key = CourseKeyField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    request = models.OneToOneField(MentorRequest, null=True, on_delete=models.CASCADE, related_name="answer")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    took_place = models.CharField(max_length=8, choices=TookPlace.choices)
    change = models.TextField(blank=True)
    coach_may_see = models.BooleanField(default=False)
    teacher_may_see = models.BooleanField(default=False)
    course_may_see = models.BooleanField(default=False)
    remark = models.TextField(blank=True)
    name = models.CharField(max_length=data.MAX_NAME)
    role = models.CharField(max_length=data.MAX_ROLE)
    answered_at = models.DateTimeField()
    on_paper = models.BooleanField(default=False)
    signed_for_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)

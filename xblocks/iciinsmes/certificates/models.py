"""What certificates keep: criteria of a run, attendance, teachers' words, where learners stand, and issued sheets.

Rules for this file:
- Never change the `sheet` of a `Certificate`; `certificates.issuing` corrects a name and keeps the first one.
- A `CertificateStanding` is a copy for lists and notices. What counts is computed from the facts each time.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.personal_data import actor_column
from iciinsmes.lib.uuid_field import UuidField


def _by(help_text: str) -> Any:
    """Return the column for who of the staff did something; what was done stays when this person is forgotten."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text=help_text
    )


def _learner() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


class CertificateRun(models.Model):
    """What the certificate of a course run asks for, and who awards it, as a coordinator has chosen.

    One row a run, so that two learners of it are never judged by different numbers. ``criteria`` is one object, because
    it is only ever read as a whole; an issued sheet names its ``version``.

    .. pii: names who chose
    .. pii_types: other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    criteria = models.JSONField(help_text="certificates.data.Criteria as JSON, without its version.")
    version = models.PositiveIntegerField(default=1)
    changed_by = actor_column("Who of the coordinators chose last.")
    changed_at = models.DateTimeField()


class TrainingSession(models.Model):
    """A session of a course run in which people meet, so that it can be ticked who was there.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255)
    held_on = models.DateField()
    title = models.CharField(max_length=200)

    class Meta:
        """A run's sessions are read together, by their day."""

        ordering = ["held_on", "id"]
        indexes = [models.Index(fields=["course_key", "held_on"], name="ici_session_run")]


class Attendance(models.Model):
    """That a learner was in a session, or has made up for it otherwise; who was not there has no row.

    .. pii: where somebody was on a day
    .. pii_types: other
    .. pii_retirement: local_api
    """

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    learner = _learner()
    is_replaced = models.BooleanField(default=False, help_text="Not there, but made up for.")
    note = models.CharField(max_length=200, blank=True, help_text="How it was made up for.")
    marked_by = actor_column("Who ticked it.")
    marked_at = models.DateTimeField()

    class Meta:
        """Once for each learner; the index is for a page of learners over all sessions."""

        constraints = [models.UniqueConstraint(fields=["session", "learner"], name="ici_attendance")]
        indexes = [models.Index(fields=["learner", "session"], name="ici_attendance_learner")]


class TeacherWord(models.Model):
    """That a teacher confirms what no room has a fact about, such as a unit that was taught, with its day.

    .. pii: what somebody has shown to be able to do
    .. pii_types: other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    learner = _learner()
    criterion = models.CharField(max_length=20, help_text="A value of certificates.data.Criterion.")
    shown_on = models.DateField(help_text="The day on which it was shown.")
    said_by = actor_column("Who confirms it.")
    said_at = models.DateTimeField()

    class Meta:
        """One word about each criterion."""

        constraints = [
            models.UniqueConstraint(fields=["course_key", "learner", "criterion"], name="ici_one_teacher_word")
        ]


class CertificateStanding(models.Model):
    """How many criteria a learner still misses, as it was at the last look: for filters, and to tell once.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    course_key = CourseKeyField(max_length=255)
    learner = _learner()
    open_count = models.PositiveSmallIntegerField()
    looked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When the learner was told that nothing is missing.")

    class Meta:
        """The index is the overview's filter, page by page."""

        constraints = [models.UniqueConstraint(fields=["course_key", "learner"], name="ici_one_standing")]
        indexes = [models.Index(fields=["course_key", "open_count", "learner"], name="ici_standing_open")]


class Certificate(models.Model):
    """An issued certificate: a frozen sheet with a number, and a code by which anybody can check it.

    It outlives its holder's account, because who holds the paper has a right that it can be checked for decades: when
    the holder is forgotten, name and link to the account go, and sheet, number and code stay. ``is_current`` is True
    for the valid one of a learner and otherwise NULL: so no two can be issued at once, on every database.

    .. pii: the holder's name, and what it was before it was corrected
    .. pii_types: name
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=40, unique=True, help_text="Opens the public page; cannot be guessed.")
    course_key = CourseKeyField(max_length=255)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_current = models.BooleanField(null=True, default=True)
    name = models.CharField(max_length=300, blank=True)
    earlier_names = models.JSONField(default=list, help_text="Names before a correction, and until when.")
    shows_name = models.BooleanField(default=False, help_text="The holder lets the public page show the name.")
    sheet = models.JSONField(help_text="certificates.data.Sheet as JSON.")
    issued_by = actor_column("Who of the coordinators issued it.")
    issued_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    revoked_by = actor_column("Who of the coordinators revoked it.")
    revoked_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why it was revoked.")
    host_knows = models.CharField(max_length=10, blank=True, help_text="What the host was told: awarded, withdrawn.")

    class Meta:
        """One valid certificate a learner and run; the index is the overview's."""

        constraints = [
            models.UniqueConstraint(fields=["course_key", "learner", "is_current"], name="ici_one_certificate")
        ]
        indexes = [models.Index(fields=["host_knows", "issued_at"], name="ici_certificate_host")]

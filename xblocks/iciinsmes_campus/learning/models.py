"""What the campus keeps about people in courses: membership, block state, completion, grades, events."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField


class Membership(models.Model):
    """A person's one role in one course run; a learner's row is the enrolment.

    One table for enrolment and staff roles: every page asks "what is this person here", and gets it in one query.
    ``extensions`` lies in the same row for the same reason.

    .. pii: links a user account to a course and a role
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Role(models.TextChoices):
        """The same words as `iciinsmes.platform.Role`."""

        LEARNER = "learner", _("Learner")
        TEACHER = "teacher", _("Teacher")
        COORDINATOR = "coordinator", _("Coordinator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="campus_memberships")
    course_key = CourseKeyField(max_length=255)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.LEARNER)
    extensions = models.JSONField(default=dict, help_text="Usage key to the person's own due date, ISO 8601 in UTC.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The index serves the gradebook, which reads a course's learners by name."""

        constraints = [models.UniqueConstraint(fields=["user", "course_key"], name="campus_one_role_each")]
        indexes = [models.Index(fields=["course_key", "role", "id"], name="campus_course_role")]


class BlockState(models.Model):
    """Field values of XBlock scopes that belong to learners.

    One row holds all fields of one scope for one person and one place, as JSON; a save merges fields under a row lock.
    ``place`` is the usage key for `user_state`, the block type for `preferences`, and empty for `user_info`.

    .. pii: answers to quizzes and other block state
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=24)
    place = models.CharField(max_length=255, blank=True)
    # Text, not JSONField: capa needs simplejson's reading of named tuples.
    values = models.TextField(default="{}")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row a person, scope and place."""

        constraints = [models.UniqueConstraint(fields=["user", "scope", "place"], name="campus_one_state_each")]


class Completion(models.Model):
    """How much of a block a person has done, 0 to 1.

    .. pii: what a person has done and when
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    usage_key = UsageKeyField(max_length=255)
    fraction = models.FloatField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read a course at a time, written a block at a time."""

        constraints = [
            models.UniqueConstraint(fields=["user", "course_key", "usage_key"], name="campus_one_completion_each"),
        ]


class Grade(models.Model):
    """Points a person has earned in a block, weight applied.

    .. pii: a person's result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    usage_key = UsageKeyField(max_length=255)
    earned = models.DecimalField(max_digits=8, decimal_places=2)
    possible = models.DecimalField(max_digits=8, decimal_places=2)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read a course at a time (gradebook) or a person and course at a time (progress)."""

        constraints = [
            models.UniqueConstraint(fields=["course_key", "user", "usage_key"], name="campus_one_grade_each")
        ]


class TrackingEvent(models.Model):
    """What blocks and the add-on report for research, appended and never changed; some of it belongs to no block.

    .. pii: a person's activity
    .. pii_types: other
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    usage_key = UsageKeyField(max_length=255, null=True)
    name = models.CharField(max_length=255)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Exports read a course in order of time."""

        indexes = [models.Index(fields=["course_key", "id"], name="campus_event_course")]

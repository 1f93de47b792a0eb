"""Exercises with instruments of the toolbox: what learners keep as data, and what came out of it.

Rules for this file:
- Never change a `DataVersion` or the content of a `ToolResult` after it was created.
- `Attempt.step` changes only through `exercises.attempts`.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField


class Exercise(models.Model):
    """An authored exercise as the app knows it: the block's key and what learners see now.

    Pages without a block at hand (a step, a result, a teacher's list) read the author's settings from here. Attempts
    keep a copy, so an author may edit at any time without touching one that has begun.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")


class DataSet(models.Model):
    """A table of customer data that a learner works with: a name and versions.

    Data of a firm never belong to a block: the same answers are read by several instruments' exercises and next year
    again. ``company`` is the owner's firm when it was made, so that colleagues of a later firm never see it. Two marks
    say who else sees it, because the learner decides about each.

    .. pii: business data brought by a learner; columns about people are refused and free text is masked before
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")
    instrument = models.CharField(max_length=60, help_text="Key of the instrument whose columns it has.")
    title = models.CharField(max_length=200)
    for_company = models.BooleanField(default=False, help_text="Colleagues of the firm may read it.")
    for_staff = models.BooleanField(default=False, help_text="Coach and teachers may read it.")
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(auto_now=True, help_text="Raw rows are dropped some time after the last use.")

    class Meta:
        """The indexes are a person's list in a course run, and what is shared with its staff."""

        indexes = [
            models.Index(fields=["owner", "course_key", "instrument"], name="ici_data_owner"),
            models.Index(fields=["course_key", "for_staff", "created_at"], name="ici_data_staff"),
        ]


class DataVersion(models.Model):
    """The clean rows of a data set as they were at one time.

    One compressed object instead of a row a line: they are only ever read as a whole, and a hundred thousand lines of a
    loyalty card would make the largest table of the site.

    .. pii: business data brought by a learner; columns about people are refused and free text is masked before
    .. pii_types: other
    .. pii_retirement: local_api
    """

    data_set = models.ForeignKey(DataSet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    rows = models.BinaryField(help_text="As exercises.stored_table.pack writes it.")
    row_count = models.PositiveIntegerField()
    source = models.CharField(max_length=10, help_text="A value of exercises.data.Source.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Two tabs cannot both write version three."""

        constraints = [models.UniqueConstraint(fields=["data_set", "number"], name="ici_data_version")]


class ToolResult(models.Model):
    """What an instrument computed, as it was shown: rows may go and formulas be mended, this stays.

    ``revealed_at`` is empty until the learner has given the own estimate: before, nobody sees the result. The marks
    say who else sees it, as with data sets; ``graded`` that teachers do, because it is part of an attempt that counts.

    .. pii: figures computed from a learner's business data
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")
    instrument = models.CharField(max_length=60)
    title = models.CharField(max_length=200, help_text="Name of the data set, or of the firm of the demo.")
    data_version = models.ForeignKey(DataVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    is_demo = models.BooleanField()
    options = models.JSONField(help_text="Option key to value; days as ISO 8601.")
    content = models.JSONField(help_text="As toolbox.data.result_to_json writes it.")
    for_company = models.BooleanField(default=False)
    for_staff = models.BooleanField(default=False)
    graded = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        """The indexes are a person's list in a course run, and what is shared with its staff."""

        indexes = [
            models.Index(fields=["owner", "course_key", "created_at"], name="ici_result_owner"),
            models.Index(fields=["course_key", "for_staff", "created_at"], name="ici_result_staff"),
        ]


class Attempt(models.Model):
    """One way of a learner through an exercise, from data to decision; all are kept.

    Feedback is not stored: it follows from the answers and the frozen result. ``step`` moves forward only, by an update
    that names the step it expects, so that a double click or a second tab answers nothing twice.

    .. pii: a learner's answers and decision
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="attempts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    settings = models.JSONField(help_text="The author's settings under which it began.")
    result = models.OneToOneField(ToolResult, on_delete=models.CASCADE, related_name="attempt")
    step = models.CharField(max_length=15, help_text="A value of exercises.rules.Step.")
    answers = models.JSONField(default=dict, help_text="As exercises.rules.Answers, by layer.")
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Two tabs cannot both begin attempt three; the index is the staff's list of an exercise."""

        constraints = [models.UniqueConstraint(fields=["exercise", "owner", "number"], name="ici_attempt")]
        indexes = [models.Index(fields=["exercise", "finished_at"], name="ici_attempt_list")]

"""Sheets that came back, and archives of evidence."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.long_work import IDLE
from iciinsmes.lib.uuid_field import UuidField


class GradeImport(models.Model):
    """A sheet of grades that a grader has sent.

    Kept on the server, so that what is confirmed is what was previewed. It stays after it was saved, because it can be
    undone. ``last_at`` is when a worker last said that it is at it: a worker that dies is followed by another one.

    .. pii: who has sent grades, under which name of a file
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    course_key = CourseKeyField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, help_text="Of the file.")
    language = models.CharField(max_length=20, help_text="In which problems are told.")
    state = models.CharField(max_length=10, help_text="A value of sheets.data.ImportState.")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list, help_text="Names of columns that mean nothing.")
    was_stale = models.BooleanField(default=False, help_text="Something changed between preview and confirmation.")
    last_at = models.DateTimeField(default=IDLE)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        """The index is the list of one person."""

        indexes = [models.Index(fields=["owner", "course_key", "created_at"], name="ici_grade_imports")]


class GradeLine(models.Model):
    """A line of a sheet of grades: what stood in it, what becomes of it, and what was there before.

    A table of its own, so that a preview of thousands of lines is paged by key. ``before`` is the grader's own proposal
    as it was, null where there was none: it is what an undo brings back, as long as ``revision``, which saving has
    made, is still the newest. ``subject`` is the round, no foreign key: a round may be gone.

    .. pii: grades of a learner, with comments
    .. pii_types: other
    .. pii_retirement: local_api
    """

    sheet = models.ForeignKey(GradeImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="In the file, from 1.")
    cells = models.JSONField(help_text="Words by key of the column.")
    verdict = models.CharField(max_length=10, blank=True, help_text="A value of sheets.data.Verdict; empty before.")
    subject = UuidField(null=True)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255, blank=True)
    round_number = models.PositiveSmallIntegerField(default=0)
    rubric_id = models.BigIntegerField(default=0)
    changes = models.JSONField(default=list, help_text="Title, old and new value of each cell that changes.")
    problems = models.JSONField(default=list, help_text="Name of a column and a sentence each.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    base_revision = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField(null=True)
    undone = models.CharField(max_length=6, blank=True)

    class Meta:
        """The index is the preview, a kind of lines after the other."""

        indexes = [models.Index(fields=["sheet", "verdict", "number"], name="ici_grade_lines")]


class Archive(models.Model):
    """All evidence of a course run, or of what it was narrowed to, as zips of bounded size in the private storage.

    ``plan`` is made once: ids of the rounds in their order, and the names of folders. So a worker that follows one that
    has died goes on behind the last zip that is whole. ``busy_for`` repeats the owner until it is done: its unique
    index is one archive at a time and person.

    .. pii: who has taken out whose evidence; names of learners as names of folders
    .. pii_types: name, other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    course_key = CourseKeyField(max_length=255)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    busy_for = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    language = models.CharField(max_length=20)
    narrowed = models.JSONField(help_text="Values of sheets.data.Narrowed.")
    state = models.CharField(max_length=10, help_text="A value of sheets.data.ArchiveState.")
    plan = models.JSONField(help_text="As archives.make_plan writes it.")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0, help_text="Rounds that are in zips or in the one that is written.")
    parts = models.JSONField(default=list, help_text="Name, size, rounds and files of each zip.")
    last_at = models.DateTimeField(default=IDLE)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        """The index is the list of one person."""

        indexes = [models.Index(fields=["owner", "course_key", "created_at"], name="ici_archives")]


class ArchivedLearner(models.Model):
    """A learner whose evidence is in an archive, so that whoever is forgotten takes the archive along.

    .. pii: whose evidence was taken out
    .. pii_types: other
    .. pii_retirement: local_api
    """

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="learners")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

"""Comments and files that belong to an assessment."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class Remark(models.Model):
    """A comment at a place of what was handed in.

    It is a draft as its assessment is, and becomes a part of that when it is released: then the row goes, so that what
    a learner has read cannot change, and a page that shows a result asks for nothing more. The place is kept twice, as
    a position and as the words that stand there: rounds never change, so both hold for good. ``number`` is given once,
    so that a number on the page and in somebody's head stays the same when another comment goes.

    .. pii: a named judgement of a learner's work, in free text
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=8, help_text="One of feedback.data.PLACES.")
    target = models.CharField(max_length=64, help_text="Key of the question, or id of the piece of evidence.")
    page = models.PositiveSmallIntegerField(default=0, help_text="Of a PDF, from 1; 0 for all of it.")
    start = models.PositiveIntegerField(null=True, help_text="First character of the passage; empty for the whole.")
    quote = models.TextField(blank=True)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1, help_text="Counts saves, so that two tabs notice each other.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One number once an assessment; the index of the constraint finds all of one, in order."""

        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="ici_one_remark_number")]


class FeedbackFile(models.Model):
    """That an assessment was released with a file, for who may open it.

    Until the release a file is only evidence of the assessment. Colleagues who handed in together get the same file
    with a result of their own each, so whose it is needs a list that is not the file's own row.

    .. pii: links an assessor's account to a file
    .. pii_types: other
    .. pii_retirement: local_api
    """

    assessment = models.ForeignKey("Assessment", on_delete=models.CASCADE, related_name="+")
    file = UuidField(db_index=True, help_text="Id of the file in evidence.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)

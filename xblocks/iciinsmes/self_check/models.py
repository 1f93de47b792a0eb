"""Self-checks: the models by which they are asked, blocks, and what people answered.

Rules for this file:
- Never change a `CheckVersion`, or a `Check` that is sent but for `is_latest` and `company`.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField


class CheckVersion(models.Model):
    """A model of the self-check, found by the hash of its content.

    Every answer points to the one that it answers, so that a college may reword statements at any time: what was sent
    keeps its words and its scale, and before and after are compared on what both asked alike.

    .. no_pii: text written by course authors.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    content = models.JSONField(help_text="As self_check.model_file writes it.")
    created_at = models.DateTimeField(auto_now_add=True)


class CheckBlock(models.Model):
    """A block `self_check` as the app knows it, because its views have no block at hand.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it, without the model.")
    version = models.ForeignKey(CheckVersion, on_delete=models.PROTECT, related_name="+")


class Check(models.Model):
    """One person's self-check: a draft while ``sent_at`` is empty, unchangeable afterwards.

    A repeat is a row of its own, so that beginning it cannot touch what was sent. ``number`` counts in the block: two
    tabs cannot both begin the second. Answers are one object, because they are only ever read together. ``is_latest``
    is True for the person's last sent one of the course run and otherwise NULL: firms and staff see that one, along an
    index; the two axes stand in columns, so that the mean of a run is one statement. ``company`` is the firm when it
    was sent, so that colleagues of a later firm never see it.

    .. pii: how a person sees the own firm, with proofs in the person's words
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    block = models.ForeignKey(CheckBlock, on_delete=models.CASCADE, related_name="checks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.ForeignKey(CheckVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict, help_text="Item code to an answer, as lib.json_data writes it.")
    responsive = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    proactive = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    is_latest = models.BooleanField(null=True, default=None)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The indexes are a person's checks of a course run, and a run's firms."""

        constraints = [models.UniqueConstraint(fields=["block", "owner", "number"], name="ici_check_number")]
        indexes = [
            models.Index(fields=["owner", "course_key", "sent_at"], name="ici_check_owner"),
            models.Index(fields=["course_key", "is_latest", "company"], name="ici_check_company"),
        ]

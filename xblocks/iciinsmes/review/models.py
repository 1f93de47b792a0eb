"""Rubrics and assessments.

An assessment points to its subject by UUID, not by foreign key: rounds of assignments are assessed today, chapters of
projects later, and this room lies below both.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from iciinsmes.lib.uuid_field import UuidField


class RubricVersion(models.Model):
    """A rubric as it was when work was handed in, found by the hash of its content.

    Rows are never changed: an author who edits a rubric creates another row, and old work keeps the one it was
    assessed with. Equal rubrics of many blocks are one row.

    .. no_pii: text written by course authors.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    content = models.JSONField(help_text="Rubric as review.data.rubric_to_json writes it.")
    created_at = models.DateTimeField(auto_now_add=True)


class Assessment(models.Model):
    """One person's judgement of one subject: proposed until it is released, unchangeable afterwards.

    Several people may each propose an assessment of the same subject; at most one is released. ``proposed_at`` is
    when its author was done with it: from then on it stays as it is until it is released or taken back. Who decides
    with what others proposed in view writes a row of the own for it, ``joint``, beside what the same person may have
    judged alone: both texts stay, and only what was judged alone tells how far people agree.
    ``released_subject`` repeats ``subject`` on the released row and is NULL elsewhere: its unique index is what a
    partial unique index would be, which MySQL does not have.

    .. pii: a named judgement of a learner's work, in free text
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Outcome(models.TextChoices):
        """What the assessor decides; empty while the assessment is only a proposal without a decision."""

        UNDECIDED = ""
        PASSED = "passed"
        REVISE = "revise"

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = UuidField(db_index=True)
    rubric = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    points = models.JSONField(default=dict, help_text="Criterion key to points, as a decimal string.")
    comments = models.JSONField(default=dict, help_text="Criterion key to text.")
    feedback = models.TextField(blank=True)
    beside = models.JSONField(default=dict, help_text="What a room above released with it, as that room writes it.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.UNDECIDED)
    earned = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    possible = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    joint = models.BooleanField(default=False, help_text="Written with the proposals of others in view.")
    proposed_at = models.DateTimeField(null=True, blank=True)
    release_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text="When it is to go out by itself.")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who let it go out, or planned that; the author mostly.",
    )
    revision = models.PositiveIntegerField(default=1, help_text="Counts saves, so that two tabs notice each other.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_subject = UuidField(null=True, blank=True, unique=True)

    class Meta:
        """One assessment a person and subject, and one more with others' in view."""

        constraints = [models.UniqueConstraint(fields=["subject", "assessor", "joint"], name="ici_one_assessment_each")]


class EarlierResult(models.Model):
    """A released result that another one has replaced, as the learner had it.

    A table of its own, because a subject has one result and an assessor one assessment of it: whoever asks for results
    finds the one that holds. Rows are never changed; ``reason`` is what the learner reads beside the new result.

    .. pii: a named judgement of a learner's work, in free text
    .. pii_types: other
    .. pii_retirement: local_api
    """

    subject = UuidField(db_index=True)
    rubric = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    points = models.JSONField(default=dict, help_text="Criterion key to points, as a decimal string.")
    comments = models.JSONField(default=dict, help_text="Criterion key to text.")
    feedback = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Assessment.Outcome.choices)
    earned = models.DecimalField(max_digits=8, decimal_places=2)
    possible = models.DecimalField(max_digits=8, decimal_places=2)
    released_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField()

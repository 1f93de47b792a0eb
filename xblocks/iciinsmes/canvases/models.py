"""Canvases and their cards: the rows of an instrument's table while people still move them about.

Rules for this file:
- Every change of a canvas goes through `canvases.changing`, which counts it; readers ask for what changed since.
- Never change a `CanvasVersion` after it was created.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from iciinsmes.lib.uuid_field import UuidField


class Canvas(models.Model):
    """A table of an instrument that is laid out as cards.

    ``change`` counts every change of its cards, so that a page finds out with one row whether it is up to date.
    ``company`` is the owner's firm when it was made, so that colleagues of a later firm never see it. Two marks say who
    else works on it or reads it, because the owner decides about each.

    .. pii: business data brought by a learner; free text is masked before
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, on_delete=models.SET_NULL, related_name="+")
    instrument = models.CharField(max_length=60, help_text="Key of the instrument whose rows are the cards.")
    title = models.CharField(max_length=200)
    shared_with_company = models.BooleanField(default=False, help_text="Colleagues of the firm may change it.")
    shared_with_staff = models.BooleanField(default=False, help_text="Coach and teachers may read it.")
    change = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True, db_index=True, help_text="Dropped some time after this.")

    class Meta:
        """The indexes are a person's list and a firm's list in a course run."""

        indexes = [
            models.Index(fields=["owner", "course_key"], name="ici_canvas_owner"),
            models.Index(fields=["company", "course_key"], name="ici_canvas_firm"),
        ]


class CanvasCard(models.Model):
    """One card, which is one row of the table.

    ``revision`` counts changes of its words: who saves names the revision that was read, so that nobody overwrites
    unseen. Its place is no word: moving a card does not disturb whoever is writing on it. ``change`` is the number of
    the canvas's change that last touched it. A removed card stays a day, for the way back.

    .. pii: business data brought by a learner; free text is masked before
    .. pii_types: other
    .. pii_retirement: local_api
    """

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="cards")
    place = models.CharField(max_length=60, blank=True, help_text="A value of the place column; empty without one.")
    values = models.JSONField(help_text="Column key to value, without the place; days as ISO 8601.")
    position = models.PositiveIntegerField(help_text="From 0 over all cards of the canvas that are not removed.")
    revision = models.PositiveIntegerField(default=1)
    change = models.PositiveIntegerField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class CanvasVersion(models.Model):
    """All cards of a canvas as they were at one time.

    One object instead of a row a card: they are only ever read and brought back as a whole.

    .. pii: business data brought by a learner; free text is masked before
    .. pii_types: other
    .. pii_retirement: local_api
    """

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    cards = models.JSONField(help_text="Cards in their order: place, values.")
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Two tabs cannot both write version three."""

        constraints = [models.UniqueConstraint(fields=["canvas", "number"], name="ici_canvas_version")]

"""What waits, and who shares it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField

from .data import WaitingFor


class WaitingItem(models.Model):
    """A subject that waits for somebody; the row goes when nobody has to act any more.

    It has what a queue filters, sorts and shows, copied when the subject began to wait, so that a page is one range of
    one index and joins nothing. The room of the subject writes it in the transaction that moves the subject.
    ``subject`` is an id without a foreign key: this room knows neither rounds nor projects. ``with_ids`` is a list and
    not only `WaitingShare`, because a page would have to read that one too.

    .. pii: links user accounts to what they have handed in
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class Whom(models.TextChoices):
        """Whose queue it stands in."""

        MENTOR = WaitingFor.MENTOR.value
        STAFF = WaitingFor.STAFF.value
        COACH = WaitingFor.COACH.value
        OWNER = WaitingFor.OWNER.value

    subject = models.UUIDField(unique=True)
    kind = models.CharField(max_length=32, help_text="Registered by the room that has the subject.")
    course_key = CourseKeyField(max_length=255)
    company = models.ForeignKey("Company", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_ids = models.JSONField(default=list, help_text="Ids of the others whose work it is too, ascending.")
    waiting_for = models.CharField(max_length=8, choices=Whom.choices)
    since = models.DateTimeField()
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=255, blank=True, help_text="What a queue can be narrowed to: key of a block.")
    number = models.PositiveSmallIntegerField(default=0, help_text="Of the round, or what else repeats.")
    late = models.BooleanField(default=False)

    class Meta:
        """One index a question: the queue of a course run, and that of one place; both in the order of a page."""

        indexes = [
            models.Index(fields=["course_key", "waiting_for", "since", "id"], name="ici_waiting_course"),
            models.Index(fields=["place", "waiting_for", "since", "id"], name="ici_waiting_place"),
        ]


class WaitingShare(models.Model):
    """One of the people in `WaitingItem.with_ids`, so that what somebody shares is found by an index.

    No page reads it. ``subject`` instead of a foreign key to the row lets a subject begin and cease to wait with one
    statement a table; ``user`` has no constraint, as the list has none.

    .. pii: links user accounts to what colleagues have handed in
    .. pii_types: other
    .. pii_retirement: local_api
    """

    subject = models.UUIDField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_constraint=False)

    class Meta:
        """A person shares a subject once; the index begins with the person."""

        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="ici_one_waiting_share")]

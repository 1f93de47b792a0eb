"""Monthly figures of firms, their limits, and the alarms about them.

Rules for this file:
- A `MonthFigure` changes only through `figures`, which keeps every earlier version.
- The limits of a `WatchBaseline` never change once they are there; a new stretch is a new row.
- An `Alarm` is never removed because figures were corrected; it says that it no longer holds.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.personal_data import actor_column
from iciinsmes.lib.uuid_field import UuidField


def _figure() -> Any:
    """Return the column of a figure; NULL is nothing, 0 is a real zero."""
    return models.DecimalField(max_digits=19, decimal_places=4, null=True)


class Watch(models.Model):
    """What a firm watches: which indicators it keeps, by which thresholds, and whether its coach may be told.

    It belongs to the firm and to no course run, so that years come together over several courses. ``facts`` is what
    lists show of each indicator, written with every look, so that the page of a firm with many years reads one row.

    .. pii: names who allowed that the coach is told
    .. pii_types: other
    .. pii_retirement: local_api
    """

    company = models.OneToOneField("Company", on_delete=models.CASCADE, related_name="+")
    kept = models.JSONField(default=list, help_text="Keys of early_warning.indicators.")
    thresholds = models.JSONField(default=dict, help_text="Indicator to those that differ from the usual ones.")
    tells_coach = models.BooleanField(default=False, help_text="A red alarm of 30 days without answer is told.")
    tells_since = models.DateTimeField(null=True)
    tells_by = actor_column("Who of the firm said that the coach may be told, or may not.")
    facts = models.JSONField(default=dict, help_text="Indicator to early_warning.facts.Fact as JSON.")
    colour = models.CharField(max_length=8, default="grey", help_text="A value of early_warning.data.Colour.")
    looked_month = models.PositiveIntegerField(default=0, help_text="The month that was running at the last look.")
    changed_at = models.DateTimeField(help_text="When anything in it changed last.")

    class Meta:
        """When a month has ended, the night looks at those that it has not looked at since."""

        indexes = [models.Index(fields=["looked_month", "id"], name="ici_watch_look")]


class MonthFigure(models.Model):
    """The figures of an indicator in a month, as the firm has them now. A row without any is a gap that was cleared.

    .. pii: names who typed it
    .. pii_types: other
    .. pii_retirement: local_api
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=5)
    month = models.PositiveIntegerField(help_text="Months since the year 0: 12 times the year, and 0 for January.")
    numerator = _figure()
    denominator = _figure()
    extra = _figure()
    author = actor_column("Who typed or brought it in.")
    changed_at = models.DateTimeField()

    class Meta:
        """One row a month and indicator, which is also how a firm's figures are read."""

        constraints = [models.UniqueConstraint(fields=["watch", "indicator", "month"], name="ici_one_month_figure")]


class MonthFigureVersion(models.Model):
    """How a `MonthFigure` was before somebody changed it.

    .. pii: names who typed it
    .. pii_types: other
    .. pii_retirement: local_api
    """

    figure = models.ForeignKey(MonthFigure, on_delete=models.CASCADE, related_name="versions")
    numerator = _figure()
    denominator = _figure()
    extra = _figure()
    author = actor_column("Who typed or brought it in.")
    label = models.CharField(max_length=200, blank=True, help_text="The firm it came from, after a merger.")
    until = models.DateTimeField(help_text="When it was replaced.")


class WatchBaseline(models.Model):
    """A stretch of an indicator with limits of its own, until the next one begins.

    Stored, not computed anew, because limits that move with every month hide what gets slowly worse. The first row of
    an indicator makes itself; any other one has a person and a reason.

    .. pii: names who asked for new limits
    .. pii_types: other
    .. pii_retirement: local_api
    """

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="baselines")
    indicator = models.CharField(max_length=5)
    first_month = models.PositiveIntegerField()
    grain = models.CharField(max_length=8, blank=True, help_text="A value of data.Grain; empty until it is decided.")
    limits = models.JSONField(null=True, help_text="What early_warning.stored writes; null until it is decided.")
    reason = models.TextField(blank=True)
    made_by = actor_column("Who asked for new limits.")
    made_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(help_text="Of the rule set.")

    class Meta:
        """In the order of the stretches; of two that begin in the same month the later one counts."""

        ordering = ["first_month", "id"]
        indexes = [models.Index(fields=["watch", "indicator"], name="ici_watch_baseline")]


class Alarm(models.Model):
    """A period that a rule has found, what the firm says about it, and the note with which it was closed.

    .. pii: written by a member of a firm about the firm's figures
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="alarms")
    indicator = models.CharField(max_length=5)
    grain = models.CharField(max_length=8)
    period = models.PositiveIntegerField()
    rule = models.CharField(max_length=24, help_text="The worst of those in reasons.")
    colour = models.CharField(max_length=8)
    reasons = models.JSONField(help_text="data.Reason as JSON, the worst first.")
    version = models.PositiveSmallIntegerField(help_text="Of the rule set that raised it.")
    raised_at = models.DateTimeField()
    holds = models.BooleanField(default=True, help_text="False once corrected figures no longer raise it.")
    cause = models.TextField(blank=True)
    action = models.TextField(blank=True)
    due = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = actor_column("Who gave cause, action and day.")
    note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = actor_column("Who closed it.")
    told_at = models.DateTimeField(null=True, help_text="When the coach was told that nobody answers.")
    measure_id = UuidField(null=True, help_text="The measure in the firm's project that it has become.")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """A firm's alarms are read together; the night looks for old red ones without an answer."""

        indexes = [
            models.Index(fields=["watch", "closed_at"], name="ici_alarm_watch"),
            models.Index(fields=["colour", "answered_at", "raised_at"], name="ici_alarm_waits"),
        ]


class WarningBlock(models.Model):
    """A block `early_warning` as the app knows it, so that a month entered elsewhere completes it for its learners.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")


class WarningBlockDone(models.Model):
    """A block that is done for a learner; it stays done, whatever becomes of the figures afterwards.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    block = models.ForeignKey(WarningBlock, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        """Once for each learner."""

        constraints = [models.UniqueConstraint(fields=["block", "user"], name="ici_warning_block_done")]

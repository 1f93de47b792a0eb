"""Evaluation: blocks of reactions and their answers, facts of course runs, questions by mail, reports.

Rules for this file:
- What staff see comes from ``published`` and ``published_text`` alone, which change for five people at a time.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.long_work import IDLE
from iciinsmes.lib.uuid_field import UuidField


class ReactionBlock(models.Model):
    """A block `reaction` as the app knows it, because its views have no block at hand, with what staff see of it.

    ``published`` are sums over everybody at the moment when the fifth new or changed answer came. They are kept, not
    computed when somebody looks, because two looks would tell the one answer between them.

    .. no_pii: text written by course authors, and sums of at least five people.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")
    published = models.JSONField(default=dict, help_text="As evaluation.data.Published; empty before the first five.")


class Reaction(models.Model):
    """What one learner has answered after a cycle.

    The id is random and there is a day in place of a moment, so that neither tells the order of answers. ``is_new``
    counts towards the next step until it is published. ``published_text`` is the text of that step: a text that is
    changed must not vanish from what staff see before the next five. Whoever is forgotten leaves the numbers without
    the person and without texts, so that published figures stay true and their difference tells nobody.

    .. pii: a learner's opinion, with a text
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    block = models.ForeignKey(ReactionBlock, on_delete=models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    useful = models.PositiveSmallIntegerField()
    worth = models.PositiveSmallIntegerField()
    next_step = models.PositiveSmallIntegerField()
    obstacles = models.JSONField(default=list, help_text="Values of evaluation.data.Obstacle.")
    text = models.TextField(blank=True)
    published_text = models.TextField(blank=True)
    is_new = models.BooleanField(default=True)
    saved_on = models.DateField(db_index=True)

    class Meta:
        """One answer a learner, also for two tabs; those who were forgotten are NULL and count as different."""

        constraints = [models.UniqueConstraint(fields=["block", "user"], name="ici_one_reaction")]


class EvaluatedRun(models.Model):
    """What is known of a course run that is evaluated, and how far its mails are.

    A row is made with the run's first block, or by a coordinator. A host knows neither college nor country; the day of
    its end counts where nobody has typed one. ``asked`` holds the months of mails that have all left: whoever comes or
    is forgotten later gets none.

    .. no_pii: facts of a course run, and sums of at least five people.
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    college = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2 code, upper case.")
    ends_on = models.DateField(null=True)
    asked = models.JSONField(default=list, help_text="Months after the end for which all mails have left.")
    published = models.JSONField(default=dict, help_text="Months to evaluation.data.Published.")


class KeptQuestion(models.Model):
    """A learner is asked by mail what has stayed, three or six months after the end of a run; and the answer.

    As with mentors the link is not stored: it is made from ``id`` and ``nonce`` and signed with the site's key. One row
    a person, run and time, so that a night that is done twice asks once. ``is_new`` and who is forgotten: as with
    `Reaction`.

    .. pii: what a learner says of the own firm, with a value of a KPI
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    months = models.PositiveSmallIntegerField()
    nonce = models.CharField(max_length=16, help_text="Random part of the link.")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    answered_on = models.DateField(null=True)
    still_used = models.CharField(max_length=8, blank=True, help_text="A value of evaluation.data.Said.")
    effect_seen = models.CharField(max_length=8, blank=True)
    others_use = models.CharField(max_length=8, blank=True)
    kpi = UuidField(null=True, help_text="An entry of the firm's project.")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    entry = UuidField(null=True, help_text="The value in the project, once the learner has put it there.")
    is_new = models.BooleanField(default=False)

    class Meta:
        """The index finds the answers of a run and time."""

        constraints = [models.UniqueConstraint(fields=["user", "course_key", "months"], name="ici_one_kept_question")]
        indexes = [models.Index(fields=["course_key", "months", "answered_on"], name="ici_kept_of_run")]


class EvaluationReport(models.Model):
    """A report over course runs, made behind the page.

    ``result`` holds what may be shown and nothing else: small groups are hidden before it is written. ``busy_for``
    repeats the owner until it is done: its unique index is one report at a time and person.

    .. pii: who has had which report made
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    busy_for = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    runs = models.JSONField(help_text="Keys of the course runs, in their order.")
    state = models.CharField(max_length=8, help_text="A value of evaluation.data.ReportState.")
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=list, help_text="evaluation.data.RunReport for each run that is done.")
    last_at = models.DateTimeField(default=IDLE)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        """The index is the list of one person."""

        indexes = [models.Index(fields=["owner", "created_at"], name="ici_evaluations")]

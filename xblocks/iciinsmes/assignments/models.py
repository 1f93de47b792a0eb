"""Workplace assignments: what was asked, what is being written, what was handed in.

Rules for this file:
- Never change a `TaskVersion` or a `Round` after it was created. Results live in `review`, files in `evidence`.
- `Work.state` changes only through `assignments.rules.STATE_TABLE`.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField
from iciinsmes.platform import Title, block_title


class Assignment(models.Model):
    """An authored assignment as the app knows it: the block's key and the task version learners see now.

    The author's texts live in the block. This row exists so that pages without a block at hand (draft, queue, mail)
    know what is published, and so that work hangs on an integer instead of a long key.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    title = models.CharField(max_length=255)
    current = models.ForeignKey("TaskVersion", null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def shown_title(self) -> Title:
        """The title for people: each reads it in the own language, if the course has that."""
        return block_title(self.usage_key, self.title)


class TaskVersion(models.Model):
    """Frozen text, questions, evidence rules and rubric of an assignment, found by the hash of its content.

    Work points to the version it answers, so an author may edit at any time without touching work that is handed in.
    The content is in the author's language, with its words in the other languages of the course: who reads in one of
    these has answered these words, so another translation is another version too.

    .. no_pii: text written by course authors.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="versions")
    content_hash = models.CharField(max_length=64)
    content = models.JSONField(help_text="Task as assignments.serializers.task_to_json writes it.")
    rubric = models.ForeignKey("RubricVersion", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The same content is one version, however often an author goes back to it."""

        constraints = [models.UniqueConstraint(fields=["assignment", "content_hash"], name="ici_one_task_version")]


class Work(models.Model):
    """One learner's life with one assignment: where it stands.

    Whom it waits for follows from ``state`` and from the task; that it stands in a queue is a row of `waiting`, of the
    newest round. ``extra_rounds`` are those that the staff granted beyond what the author allows. ``subject`` is what
    files and other evidence of the draft belong to; the row is made with the first text, the first piece of evidence or
    the first message. How its thread stands is copied here by `talks`, so that no page asks for it.

    .. pii: links a user account to learning results
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """See assignments.rules for who may move it."""

        DRAFT = "draft"
        HANDED_IN = "handed_in"
        CONFIRMED = "confirmed"
        SENT_BACK = "sent_back"
        REVISE = "revise"
        PASSED = "passed"

    subject = UuidField(unique=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="works")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    course_key = CourseKeyField(max_length=255)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    round_count = models.PositiveSmallIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0, help_text="In its thread.")
    question_since = models.DateTimeField(null=True, help_text="When the learner asked what nobody has answered yet.")
    has_answer = models.BooleanField(
        default=False, help_text="Whether the newest message of its thread is the staff's."
    )
    extra_rounds = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One work a learner and assignment."""

        constraints = [models.UniqueConstraint(fields=["assignment", "owner"], name="ici_one_work_each")]


class Draft(models.Model):
    """What a learner is writing for the next round.

    ``revision`` counts saves: a save names the revision it started from and is refused when another tab or device was
    faster, so nothing is overwritten unseen.

    .. pii: a learner's unfinished answers
    .. pii_types: other
    .. pii_retirement: local_api
    """

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict, help_text="Question key to text.")
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    log = models.JSONField(default=list, help_text="Date, hours and what was done, a line each; the hours are the sum.")
    audience = models.CharField(max_length=10, default="teachers", help_text="A value of assignments.data.Audience.")
    own_work = models.BooleanField(default=False, help_text="Whether the learner stated that it is own work.")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()


class Round(models.Model):
    """One hand-in; never changed afterwards.

    Answers and the list of evidence are copies, not links: a round stays what it was when the draft goes on, a task is
    edited or a file is described anew. Files themselves are kept by `evidence`. What comes later are marks:
    ``opened_at``, until when the learner may take the round back, which deletes it, as nobody else has seen it;
    ``cancelled_at``, when the staff decided that it does not count; and a due date that was extended afterwards, with
    what lateness then costs, of which the trail keeps what stood here before.

    A round belongs to the firm of its day: who may read it, whose coach is asked and which firm pages name follow from
    ``company``, not from where the learner is now or what is left of the learner's stays. Only a merge changes it, and
    a learner's first firm, to which goes what was handed in before.

    Colleagues who hand in together each have a round of their own, with a work, due date and result of its own. What
    links them is ``team``; the rounds themselves are the list of who took part, so there is no other one that could
    differ from it.

    .. pii: a learner's answers as handed in
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(help_text="1 for the first.")
    task_version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField()
    company = models.ForeignKey(
        "Company",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The learner's firm at that moment.",
    )
    due_at = models.DateTimeField(null=True, blank=True, help_text="The learner's own due date at that moment.")
    answers = models.JSONField(default=dict, help_text="Question key to text.")
    evidence = models.JSONField(default=list, help_text="Id, name, description, size and type of each file.")
    items = models.JSONField(default=list, help_text="Other evidence, as evidence.data.item_to_json writes it.")
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    log = models.JSONField(default=list, help_text="Date, hours and what was done, a line each; the hours are the sum.")
    audience = models.CharField(max_length=10, default="teachers", help_text="A value of assignments.data.Audience.")
    own_work = models.BooleanField(default=False, help_text="Whether the learner stated that it is own work.")
    late_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0, help_text="Taken from its points.")
    came_from = models.CharField(
        max_length=12,
        choices=Work.State.choices,
        default=Work.State.DRAFT,
        help_text="State of the work before, to which taking the round back leads.",
    )
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When somebody else first saw it.")
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="When the staff decided it does not count.")
    team = UuidField(
        null=True, blank=True, db_index=True, help_text="The same for rounds that were handed in together, else NULL."
    )

    class Meta:
        """The constraint is what turns a double click into one round."""

        constraints = [models.UniqueConstraint(fields=["work", "number"], name="ici_one_round_each")]
        ordering = ["number"]


class Extension(models.Model):
    """A later due date for one assignment: of a learner, of a firm, or of everybody where both are empty.

    The host has extensions too, of one person at a time; the later date counts. A table of its own, because hosts know
    no firms. One of a firm is for whoever was a member at any time since it was granted: who joins later has it, and
    who leaves keeps it. ``revoked_at`` ends it for what is handed in from then on.

    .. pii: links a user account to a reason for more time
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    company = models.ForeignKey("Company", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    mended_at = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="When lateness of earlier rounds was counted anew."
    )

    class Meta:
        """The index is for the list of a course run's assignment, newest first."""

        indexes = [models.Index(fields=["assignment", "granted_at"], name="ici_extensions_granted")]


class Waiver(models.Model):
    """A learner need not do an assignment.

    Hangs on the work, which is what is locked when the learner hands in at the same moment. Taking it back deletes the
    row; that it was there stays in the trail.

    .. pii: links a user account to a reason why work is not asked for
    .. pii_types: other
    .. pii_retirement: local_api
    """

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="waiver")
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()

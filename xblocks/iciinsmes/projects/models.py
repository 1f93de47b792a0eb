"""Company development projects: one of a firm at a time, and everything that its people enter.

Rules for this file:
- An `Entry` changes only through `projects.entries`, which keeps every earlier version and looks at the lights again.
- Never change an `EntryVersion`, a `GateRequest`'s snapshot or a `GateDecision` after it was created.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField


def _label() -> models.CharField[str, str]:
    """Return the column for who did something on another site, where the person has no account here."""
    return models.CharField(max_length=200, blank=True, help_text="Name of who has no account here, as imported.")


class Project(models.Model):
    """What a firm changes for its customers, over all courses in which it works on it.

    It belongs to the firm and to no course run: course 2 goes on with what course 1 has begun. A firm has one at a
    time, the one with the highest ``number``; the next begins when it has ended. ``facts`` is what the rules see of the
    entries, written whenever an entry changes, so that the nightly look reads one row a project. ``held`` is what the
    lights remember from day to day. Everything else that lists show is computed with them.

    .. no_pii: entries about people are in `Entry`; these are a firm's.
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("Company", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="1 for the firm's first.")
    title = models.CharField(max_length=200)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="When it was finished or stopped.")
    stopped = models.BooleanField(default=False, help_text="It ended before its last gate, with a reason.")
    gate = models.PositiveSmallIntegerField(default=0, help_text="The gate it stands before; 9 behind the last.")
    light = models.CharField(max_length=8, default="green", help_text="A value of projects.data.Light.")
    facts = models.JSONField(default=dict, help_text="projects.data.Facts as JSON.")
    findings = models.JSONField(default=list, help_text="projects.data.Finding as JSON, worst first.")
    held = models.JSONField(default=dict, help_text="Rule to projects.data.Held as JSON.")
    looked_on = models.DateField(help_text="The day of the last look at the lights.")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(help_text="When anything in it changed last.")

    class Meta:
        """One project a firm and number; the night goes through those not looked at today, in order of their ids."""

        constraints = [models.UniqueConstraint(fields=["company", "number"], name="ici_one_project_each")]
        indexes = [models.Index(fields=["looked_on", "id"], name="ici_project_look")]


class ProjectRun(models.Model):
    """A course run in which a project is worked on: who coaches and teaches there may see it.

    ``begins_on`` is the day from which the plan's weeks are counted: that on which the firm began in this run.

    .. no_pii:
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="runs")
    course_key = CourseKeyField(max_length=255)
    begins_on = models.DateField()
    place = models.CharField(max_length=210, blank=True, help_text="Its place in lists, see staff_order.")

    class Meta:
        """The matrix of a run is paged by the place of its projects."""

        constraints = [models.UniqueConstraint(fields=["course_key", "project"], name="ici_one_project_run")]
        indexes = [models.Index(fields=["course_key", "place", "id"], name="ici_project_place")]


class CourseRules(models.Model):
    """How projects are looked at in a course run: the thresholds of the lights and the weeks of the gates.

    One place for all firms of the run, so that two of them are never judged by different numbers.

    .. no_pii:
    """

    course_key = CourseKeyField(max_length=255, unique=True)
    thresholds = models.JSONField(default=dict, help_text="What differs from projects.rules.thresholds.")
    weeks = models.JSONField(default=dict, help_text="Gate to the week in which it is planned, from 1.")


class ProjectBlock(models.Model):
    """A block `development_project` as the app knows it, so that a change elsewhere completes it for its learners.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")


class BlockDone(models.Model):
    """A block that is done for a learner; it stays done, whatever becomes of the project afterwards.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    block = models.ForeignKey(ProjectBlock, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        """Once for each learner."""

        constraints = [models.UniqueConstraint(fields=["block", "user"], name="ici_project_block_done")]


class Entry(models.Model):
    """One thing that somebody has entered: a KPI, a value of it, a measure, a customer's words, a line of the diary.

    One table for all kinds, because authors, history, conflicts, erasure, export and import are the same for each;
    `projects.kinds` declares what a kind holds. The id comes from the device that sends it, so that what was kept
    without network and is sent twice is entered once. ``revision`` counts changes: who saves names the one that was
    read. Nothing is deleted when it is removed, so that it can be brought back and its history stays whole.

    .. pii: written by a learner; customers have pseudonyms, and contacts in free text are masked
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, help_text="A value of projects.data.Kind.")
    content = models.JSONField(help_text="Field key to value, see projects.kinds.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whom the content names, so that it is found when this person is forgotten.",
    )
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    author_label = _label()
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_label = _label()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    origin = UuidField(null=True, help_text="The project from which a merge of two firms has brought it.")

    class Meta:
        """A project's entries are read together; a person's are found for the person."""

        indexes = [
            models.Index(fields=["project", "kind", "created_at"], name="ici_entry_of_project"),
            models.Index(fields=["author"], name="ici_entry_author"),
        ]


class EntryVersion(models.Model):
    """What an entry was before it was changed: who had written it so, and when.

    .. pii: as `Entry`
    .. pii_types: other
    .. pii_retirement: local_api
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    removed = models.BooleanField(default=False, help_text="It was out of the project then.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="As in `Entry`.",
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_label = _label()
    changed_at = models.DateTimeField()

    class Meta:
        """Two tabs cannot both write version three."""

        constraints = [models.UniqueConstraint(fields=["entry", "revision"], name="ici_entry_version")]


class ProjectPause(models.Model):
    """A declared pause, both days included; one that was taken back is deleted, one that has begun is shortened.

    .. pii: names who declared it
    .. pii_types: other
    .. pii_retirement: local_api
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pauses")
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=500)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    declared_label = _label()
    declared_at = models.DateTimeField(auto_now_add=True)


class LightOverride(models.Model):
    """A light that a coach has set with a reason; it holds until a coach takes it back or its last day is over.

    .. pii: names the coach
    .. pii_types: other
    .. pii_retirement: local_api
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="overrides")
    light = models.CharField(max_length=8, help_text="A value of projects.data.Light.")
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)


class GateRequest(models.Model):
    """Somebody asks for the decision at a gate, with a frozen copy of what it is about.

    Owner and coach may each decide by a link, so each link has a subject of its own. One that nobody has decided yet
    ends when another is made or when it is taken back; what was decided stays as it was.

    .. pii: names who asked; the copy holds what learners wrote
    .. pii_types: other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """Where it stands; only an open one can be decided."""

        OPEN = "open"
        DECIDED = "decided"
        WITHDRAWN = "withdrawn"

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="requests")
    course_key = CourseKeyField(max_length=255, help_text="Where it is asked: its coach and teachers decide.")
    gate = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    deciders = models.JSONField(help_text="Values of projects.data.Decider that must agree.")
    proposal = models.CharField(max_length=10, help_text="go or stop, see projects.data.Verdict.")
    reason = models.TextField(blank=True, help_text="Why, in the words of who asks; a stop needs some.")
    snapshot = models.JSONField(help_text="What is decided on, as projects.snapshots writes it.")
    fingerprint = models.CharField(max_length=64, help_text="Of what is decided on; when it differs, ask anew.")
    imported = models.BooleanField(default=False, help_text="It came in a file; nobody of this site was asked.")
    owner_subject = UuidField(unique=True, default=uuid.uuid4, editable=False)
    coach_subject = UuidField(unique=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_label = _label()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A project's requests, newest last; what is open in a run is the staff's list."""

        indexes = [
            models.Index(fields=["project", "asked_at"], name="ici_gate_project"),
            models.Index(fields=["course_key", "state", "asked_at"], name="ici_gate_open"),
        ]


class GateDecision(models.Model):
    """What one of the deciders said: person, day and reason stay, whoever takes part later.

    ``name`` and ``role`` are as they were at that moment, because an owner has no account and a coach may leave.

    .. pii: names who decided
    .. pii_types: name
    .. pii_retirement: local_api
    """

    request = models.ForeignKey(GateRequest, on_delete=models.CASCADE, related_name="decisions")
    decider = models.CharField(max_length=10, help_text="A value of projects.data.Decider.")
    verdict = models.CharField(max_length=10, help_text="A value of projects.data.Verdict.")
    reason = models.TextField(blank=True)
    name = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        """Each decider says one thing about a request."""

        constraints = [models.UniqueConstraint(fields=["request", "decider"], name="ici_one_decision_each")]


class GatePassage(models.Model):
    """A gate that the project went through, or was sent back from; ``back_at`` is when it went back before it.

    .. no_pii:
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="passages")
    gate = models.PositiveSmallIntegerField()
    passed_on = models.DateField()
    request = models.ForeignKey(GateRequest, null=True, on_delete=models.SET_NULL, related_name="+")
    back_at = models.DateTimeField(null=True, help_text="When the project went back before this gate.")
    imported = models.BooleanField(default=False, help_text="It came in a file; nobody of this site has decided it.")

    class Meta:
        """The order in which gates were passed tells the way of the project."""

        ordering = ["id"]


class CoachTalk(models.Model):
    """A coach's talk with a firm: when, what about, what was agreed; agreements may become measures.

    ``agreements`` hold a text and, once it was made one, the id of the measure.

    .. pii: written by a coach about people in a firm
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="talks")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    coach_label = _label()
    held_on = models.DateField()
    about = models.TextField(blank=True, help_text="Seen by the firm too.")
    notes = models.TextField(blank=True, help_text="The coach's own; nobody else reads them.")
    next_on = models.DateField(null=True, help_text="The day agreed on for the next talk.")
    agreements = models.JSONField(default=list, help_text="Text, and id of the measure that it has become.")
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        """A project's talks, newest first."""

        indexes = [models.Index(fields=["project", "held_on"], name="ici_talk_project")]


class SummaryLink(models.Model):
    """A link to the owner's one-page summary, for whoever has it; there is no account behind it.

    As with mentors the link is not stored: it is made from ``id`` and ``nonce`` and signed with the site's key, so that
    a copy of the table opens nothing. Nothing is said of who opens it.

    .. pii: names who made it
    .. pii_types: other
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="summary_links")
    nonce = models.CharField(max_length=16, help_text="Random part of the link.")
    with_words = models.BooleanField(default=False, help_text="Shows what customers have said.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """A project's links, newest last."""

        indexes = [models.Index(fields=["project", "made_at"], name="ici_summary_links")]

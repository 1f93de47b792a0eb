"""Cases of firms, and the blocks that show cases.

Rules for this file:
- The content of a case never follows its project: it is what the owner has read.
- A case that was taken back keeps nothing of what it said.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from opaque_keys.edx.django.models import CourseKeyField, UsageKeyField

from iciinsmes.lib.uuid_field import UuidField


class PracticeCase(models.Model):
    """A firm's finished project as a case for others: proposed, agreed to by the owner, published by the staff.

    One row a proposal. ``content`` is the frozen copy; country, trade and so on stand beside it, because the library is
    narrowed by them. A project has one case that is alive: ``live`` is True or NULL, never False, because databases
    count NULLs as different. As with mentors the owner's link is not stored: it is made from ``id`` and ``nonce``,
    which is new whenever the content is, so that nobody agrees to something else. After the consent the same link takes
    it back, for as long as there is a case.

    .. pii: names who proposed and who decided, and the owner who agreed; texts of a firm
    .. pii_types: name
    .. pii_retirement: local_api
    """

    id = UuidField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("Company", on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey("Project", null=True, on_delete=models.SET_NULL, related_name="+")
    course_key = CourseKeyField(max_length=255, help_text="Where it was proposed: the staff there publishes it.")
    live = models.BooleanField(null=True, default=True)
    state = models.CharField(max_length=10, default="asked", help_text="A value of best_practices.data.State.")
    content = models.JSONField(default=dict, help_text="best_practices.data.Content as JSON; empty once taken back.")
    country = models.CharField(max_length=2, blank=True)
    trade = models.CharField(max_length=120, blank=True, help_text="Without capitals.")
    size = models.CharField(max_length=8, blank=True)
    phase = models.CharField(max_length=10, blank=True)
    trigger = models.CharField(max_length=16, blank=True)
    instruments = models.CharField(max_length=200, blank=True, help_text="Codes, each between spaces.")
    searched = models.TextField(blank=True, help_text="What a search reads, as lib.folding writes it.")
    is_named = models.BooleanField(default=False, help_text="The owner wants the firm's name to be shown.")
    nonce = models.CharField(max_length=16, help_text="Random part of the link.")
    link_until = models.DateTimeField(help_text="Until when the owner can agree.")
    owner = models.CharField(max_length=200, blank=True, help_text="As typed with the consent.")
    agreed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True, help_text="Why the staff has refused it; the firm reads this.")
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """The library is paged by the day of publishing; the staff's list is that of a run."""

        constraints = [models.UniqueConstraint(fields=["project", "live"], name="ici_one_live_case")]
        indexes = [
            models.Index(fields=["state", "published_at", "id"], name="ici_case_published"),
            models.Index(fields=["course_key", "state", "changed_at"], name="ici_case_of_run"),
        ]


class PracticeBlock(models.Model):
    """A block `best_practice_cases` as the app knows it, so that reading completes it with what its author published.

    .. no_pii: text written by course authors.
    """

    usage_key = UsageKeyField(max_length=255, unique=True)
    course_key = CourseKeyField(max_length=255, db_index=True)
    settings = models.JSONField(help_text="What the author chose, as lib.json_data writes it.")


class PracticeBlockDone(models.Model):
    """A block that is done for a learner; it stays done, whatever cases come and go.

    .. pii: links a user account to a learning result
    .. pii_types: other
    .. pii_retirement: local_api
    """

    block = models.ForeignKey(PracticeBlock, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        """Once for each learner."""

        constraints = [models.UniqueConstraint(fields=["block", "user"], name="ici_practice_block_done")]
